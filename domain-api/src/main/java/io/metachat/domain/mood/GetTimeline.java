package io.metachat.domain.mood;

import io.metachat.domain.UserId;
import io.metachat.domain.refusal.DomainException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * Mood over time, one point per period that has entries.
 *
 * @param from first day, UTC
 * @param to last day, UTC, inclusive
 * @throws DomainException when the range is turned round or longer than ten years
 */
public record GetTimeline(UserId userId, Granularity granularity, LocalDate from, LocalDate to) {

    private static final int MAX_YEARS = 10;

    /** The length of a period; weeks begin on Monday (ISO 8601). */
    public enum Granularity {
        DAY,
        WEEK,
        MONTH
    }

    public GetTimeline {
        if (from.isAfter(to)) {
            throw DomainException.invalid("from", "must not be after to");
        }
        if (ChronoUnit.YEARS.between(from, to) >= MAX_YEARS) {
            throw DomainException.invalid("from", "must be less than " + MAX_YEARS + " years before to");
        }
    }
}
