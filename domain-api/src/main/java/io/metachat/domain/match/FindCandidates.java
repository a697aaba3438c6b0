package io.metachat.domain.match;

import io.metachat.domain.FieldChecks;
import io.metachat.domain.Limits;
import io.metachat.domain.UserId;

/** The people who would understand the asker best, best first. */
public record FindCandidates(UserId userId, int limit) {

    public FindCandidates {
        FieldChecks.begin().range("limit", limit, 1, Limits.PAGE_MAX).done();
    }
}
