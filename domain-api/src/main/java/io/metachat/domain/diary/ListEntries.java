package io.metachat.domain.diary;

import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.field.Limits;
import io.metachat.domain.refusal.DomainException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A page of the asker's own entries, newest first.
 *
 * @param tag only entries with this tag
 * @param sessionId only entries of this session; not together with a tag
 * @param from only entries written at this time or later
 * @param to only entries written before this time
 * @param cursor where the last page ended
 */
public record ListEntries(
        UserId userId,
        @Nullable String tag,
        @Nullable SessionId sessionId,
        @Nullable Instant from,
        @Nullable Instant to,
        int limit,
        @Nullable String cursor) {

    public ListEntries {
        FieldChecks checks = FieldChecks.begin()
                .range("limit", limit, 1, Limits.PAGE_MAX)
                .notBlank("tag", tag)
                .text("tag", tag, Limits.TAG);
        if (tag != null && sessionId != null) {
            checks.refuse("sessionId", "cannot be combined with tag");
        }
        checks.done();
        if (from != null && to != null && from.isAfter(to)) {
            throw DomainException.invalid("from", "must not be after to");
        }
    }

    @Override
    public String toString() {
        return "ListEntries[userId=" + userId + ", limit=" + limit + "]";
    }
}
