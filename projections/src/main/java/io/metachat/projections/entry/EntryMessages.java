package io.metachat.projections.entry;

import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.projections.message.Times;
import io.metachat.projections.mood.MoodMessages;
import io.metachat.proto.v1.Entry;
import io.metachat.proto.v1.EntryContent;
import java.util.List;

/** Entries as queries answer them. */
final class EntryMessages {

    private EntryMessages() {}

    /** Whether the row is an entry's, and not only what is left of a mood that came after the entry had gone. */
    static boolean isWritten(Row row) {
        return !row.isNull("revision");
    }

    static Entry entry(Row row) {
        List<String> tags = row.getList("tags", String.class);
        EntryContent.Builder content = EntryContent.newBuilder()
                .setEntryId(String.valueOf(row.getUuid("entry_id")))
                .setTitle(row.getString("title"))
                .setText(row.getString("text"))
                .addAllTags(tags == null ? List.of() : tags)
                .setWrittenAt(Times.timestamp(row.getInstant("written_at")))
                .setRevision(row.getInt("revision"))
                .setWordCount(row.getInt("word_count"));
        if (!row.isNull("session_id")) {
            content.setSessionId(String.valueOf(row.getUuid("session_id")));
        }
        if (!row.isNull("edited_at")) {
            content.setEditedAt(Times.timestamp(row.getInstant("edited_at")));
        }
        return Entry.newBuilder()
                .setContent(content)
                .setMood(MoodMessages.mood(row))
                .build();
    }
}
