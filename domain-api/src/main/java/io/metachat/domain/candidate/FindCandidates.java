package io.metachat.domain.candidate;

import io.metachat.domain.UserId;
import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.field.Limits;

/** The people who would understand the asker best, best first. */
public record FindCandidates(UserId userId, int limit) {

    public FindCandidates {
        FieldChecks.begin().range("limit", limit, 1, Limits.PAGE_MAX).done();
    }
}
