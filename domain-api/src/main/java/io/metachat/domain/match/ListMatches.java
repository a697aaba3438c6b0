package io.metachat.domain.match;

import io.metachat.domain.UserId;
import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.field.Limits;
import org.jspecify.annotations.Nullable;

/** A page of the asker's own matches, newest first. */
public record ListMatches(
        UserId userId, int limit, @Nullable String cursor) {

    public ListMatches {
        FieldChecks.begin().range("limit", limit, 1, Limits.PAGE_MAX).done();
    }
}
