package io.metachat.domain.diary;

import io.metachat.domain.EntryId;
import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.field.Limits;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Write a new entry. The first one opens the diary.
 *
 * @param sessionId an open session of this diary
 * @param writtenAt when the entry was written, if not now
 */
public record WriteEntry(
        UserId userId,
        EntryId entryId,
        String title,
        String text,
        List<String> tags,
        @Nullable SessionId sessionId,
        @Nullable Instant writtenAt)
        implements DiaryCommand {

    public WriteEntry {
        FieldChecks.begin()
                .required("title", title)
                .text("title", title, Limits.TITLE)
                .required("text", text)
                .text("text", text, Limits.ENTRY_TEXT)
                .tags("tags", tags)
                .done();
        tags = tags.stream().map(String::strip).distinct().toList();
        // Clients may send finer times, and read models keep milliseconds.
        writtenAt = writtenAt == null ? null : writtenAt.truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public String toString() {
        return "WriteEntry[userId=" + userId + ", entryId=" + entryId + "]";
    }
}
