package io.metachat.projections.entry;

import static io.metachat.projections.table.Values.orEmpty;
import static io.metachat.projections.table.Values.orZero;

import io.metachat.projections.mood.MoodMessages;
import io.metachat.projections.page.Times;
import io.metachat.proto.v1.Entry;
import io.metachat.proto.v1.EntryContent;
import java.util.Objects;

/** Entries as queries answer them. */
final class EntryMessages {

    private EntryMessages() {}

    /** Whether the row is an entry's, and not only the rest of a mood that arrived after the entry was deleted. */
    static boolean isWritten(EntryRow row) {
        return row.revision() != null;
    }

    static Entry entry(EntryRow row) {
        EntryContent.Builder content = EntryContent.newBuilder()
                .setEntryId(row.entryId().toString())
                .setTitle(row.title())
                .setText(row.text())
                .addAllTags(orEmpty(row.tags()))
                .setWrittenAt(Times.timestamp(Objects.requireNonNull(row.writtenAt())))
                .setRevision(orZero(row.revision()))
                .setWordCount(orZero(row.wordCount()));
        if (row.sessionId() != null) {
            content.setSessionId(row.sessionId().toString());
        }
        if (row.editedAt() != null) {
            content.setEditedAt(Times.timestamp(row.editedAt()));
        }
        return Entry.newBuilder()
                .setContent(content)
                .setMood(MoodMessages.mood(row))
                .build();
    }
}
