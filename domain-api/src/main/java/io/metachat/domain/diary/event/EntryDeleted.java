package io.metachat.domain.diary.event;

import io.metachat.domain.EntryId;
import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.field.Personal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry is gone. What read models file it under comes along, so that a projection deletes without reading.
 *
 * @param revision the revision that was deleted
 * @param tags the tags that the entry had
 */
public record EntryDeleted(
        UserId userId,
        EntryId entryId,
        int revision,
        @Personal List<String> tags,
        @Nullable SessionId sessionId,
        Instant writtenAt,
        Instant deletedAt)
        implements DiaryEvent {

    public EntryDeleted {
        tags = List.copyOf(tags);
    }

    @Override
    public String toString() {
        return "EntryDeleted[userId=" + userId + ", entryId=" + entryId + ", revision=" + revision + "]";
    }
}
