package io.metachat.gateway.diary;

import io.metachat.gateway.http.Timestamps;
import io.metachat.gateway.mood.MoodView;
import io.metachat.proto.Fields;
import io.metachat.proto.v1.Entry;
import io.metachat.proto.v1.EntryContent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry with its mood. */
record EntryView(
        String id,
        String title,
        String text,
        List<String> tags,
        @Nullable String sessionId,
        @Nullable Instant writtenAt,
        @Nullable Instant editedAt,
        int revision,
        int wordCount,
        MoodView mood) {

    static EntryView of(Entry entry) {
        return of(entry.getContent(), MoodView.of(entry.getMood()));
    }

    /** Returns an entry right after a write or an edit: its mood is pending. */
    static EntryView pending(EntryContent content) {
        return of(content, MoodView.pending(content.getEntryId(), content.getRevision()));
    }

    static EntryView of(EntryContent content, MoodView mood) {
        return new EntryView(
                content.getEntryId(),
                content.getTitle(),
                content.getText(),
                List.copyOf(content.getTagsList()),
                Fields.orNull(content.hasSessionId(), content::getSessionId),
                Timestamps.instant(content.hasWrittenAt(), content.getWrittenAt()),
                Timestamps.instant(content.hasEditedAt(), content.getEditedAt()),
                content.getRevision(),
                content.getWordCount(),
                mood);
    }

    @Override
    public String toString() {
        return "EntryView[id=" + id + ", revision=" + revision + "]";
    }
}
