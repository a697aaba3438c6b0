package io.metachat.domain.diary;

import io.metachat.domain.UserId;
import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.field.Limits;
import org.jspecify.annotations.Nullable;

/** A page of the asker's own sessions, newest first. */
public record ListSessions(
        UserId userId, int limit, @Nullable String cursor) {

    public ListSessions {
        FieldChecks.begin().range("limit", limit, 1, Limits.PAGE_MAX).done();
    }
}
