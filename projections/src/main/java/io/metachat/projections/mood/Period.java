package io.metachat.projections.mood;

import io.metachat.domain.mood.GetTimeline.Granularity;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/**
 * A day, a week from Monday, or a month, in UTC.
 *
 * @param first its first day
 * @param next the first day of the period after it
 */
record Period(LocalDate first, LocalDate next) {

    /** The period of this granularity that the day is in. */
    static Period of(Granularity granularity, LocalDate day) {
        return switch (granularity) {
            case DAY -> new Period(day, day.plusDays(1));
            case WEEK -> {
                LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield new Period(monday, monday.plusWeeks(1));
            }
            case MONTH -> {
                LocalDate first = day.withDayOfMonth(1);
                yield new Period(first, first.plusMonths(1));
            }
        };
    }

    static Period of(Granularity granularity, Instant time) {
        return of(granularity, time.atZone(ZoneOffset.UTC).toLocalDate());
    }

    Instant start() {
        return first.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The first moment after the period. */
    Instant end() {
        return next.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
