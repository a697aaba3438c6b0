package io.metachat.domain.diary.event;

import io.metachat.domain.EntryId;
import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.field.Personal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is from now on, whole, under its next revision.
 *
 * @param removedTags tags that the entry had before and has no more, so that a projection removes them without reading
 */
public record EntryEdited(
        UserId userId,
        EntryId entryId,
        int revision,
        @Personal String title,
        @Personal String text,
        @Personal List<String> tags,
        @Personal List<String> removedTags,
        @Nullable SessionId sessionId,
        Instant writtenAt,
        Instant editedAt,
        int wordCount)
        implements DiaryEvent {

    public EntryEdited {
        tags = List.copyOf(tags);
        removedTags = List.copyOf(removedTags);
    }

    @Override
    public String toString() {
        return "EntryEdited[userId=" + userId + ", entryId=" + entryId + ", revision=" + revision + "]";
    }
}
