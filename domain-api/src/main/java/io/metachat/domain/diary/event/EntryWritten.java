package io.metachat.domain.diary.event;

import io.metachat.domain.EntryId;
import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.field.Personal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry was written.
 *
 * @param revision 1
 */
public record EntryWritten(
        UserId userId,
        EntryId entryId,
        int revision,
        @Personal String title,
        @Personal String text,
        @Personal List<String> tags,
        @Nullable SessionId sessionId,
        Instant writtenAt,
        int wordCount)
        implements DiaryEvent {

    public EntryWritten {
        tags = List.copyOf(tags);
    }

    @Override
    public String toString() {
        return "EntryWritten[userId=" + userId + ", entryId=" + entryId + ", revision=" + revision + "]";
    }
}
