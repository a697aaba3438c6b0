package io.metachat.domain.user;

import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.field.Limits;
import io.metachat.domain.refusal.DomainException;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody wants to be introduced, and to people of which age in years.
 *
 * @throws DomainException when an age is below 16, above 130, or the minimum is above the maximum
 */
public record MatchingPreferences(
        boolean enabled, @Nullable Integer minAge, @Nullable Integer maxAge) {

    /** Until somebody opts in, nobody is introduced to them. */
    public static final MatchingPreferences OPTED_OUT = new MatchingPreferences(false, null, null);

    public MatchingPreferences {
        FieldChecks checks = FieldChecks.begin()
                .range("minAge", minAge, Limits.MIN_AGE_YEARS, Limits.MAX_AGE_YEARS)
                .range("maxAge", maxAge, Limits.MIN_AGE_YEARS, Limits.MAX_AGE_YEARS);
        if (minAge != null && maxAge != null && minAge > maxAge) {
            checks.refuse("minAge", "must not be above maxAge");
        }
        checks.done();
    }
}
