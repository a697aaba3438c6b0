package io.metachat.projections.api;

import io.metachat.domain.UserId;
import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.mood.GetTimeline;
import io.metachat.domain.mood.GetTimeline.Granularity;
import io.metachat.domain.refusal.DomainException;
import io.metachat.proto.v1.GetTimelineRequest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Reads what a request for a timeline asks for. */
final class TimelineRequests {

    private TimelineRequests() {}

    /** @throws DomainException with every field that is wrong */
    static GetTimeline query(UserId user, GetTimelineRequest request) {
        Optional<Granularity> granularity = granularity(request.getGranularity());
        Optional<LocalDate> from = date(request.getFrom());
        Optional<LocalDate> to = date(request.getTo());
        FieldChecks checks = FieldChecks.begin();
        if (granularity.isEmpty()) {
            checks.refuse("granularity", "must be day, week or month");
        }
        if (from.isEmpty()) {
            checks.refuse("from", "must be a date such as 2026-01-31");
        }
        if (to.isEmpty()) {
            checks.refuse("to", "must be a date such as 2026-01-31");
        }
        checks.done();
        return new GetTimeline(user, granularity.orElseThrow(), from.orElseThrow(), to.orElseThrow());
    }

    private static Optional<Granularity> granularity(String text) {
        return Arrays.stream(Granularity.values())
                .filter(granularity ->
                        granularity.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }

    /** Only what the answer can hold as a timestamp, the next period included. */
    private static Optional<LocalDate> date(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            return date.getYear() >= 1 && date.getYear() < 9999 ? Optional.of(date) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
