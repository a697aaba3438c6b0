package io.metachat.gateway.http;

import com.google.protobuf.Timestamp;
import io.metachat.proto.Times;
import io.metachat.service.error.FieldError;
import io.metachat.service.error.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts times between RFC 3339 in JSON and timestamps in messages. */
public final class Timestamps {

    private static final int DATE_LENGTH = "2026-01-31".length();

    private Timestamps() {}

    /** @throws io.metachat.service.error.ProblemException naming the field, when the text is not a time */
    public static Timestamp parse(String field, String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            if (time.getEpochSecond() >= 0) {
                return Times.timestamp(time);
            }
        } catch (DateTimeException malformed) {
            throw invalid(field);
        }
        throw invalid(field);
    }

    /**
     * Returns the day, in UTC, of a date or a time.
     *
     * @throws io.metachat.service.error.ProblemException naming the field, when the text is neither
     */
    public static LocalDate day(String field, String text) {
        try {
            return text.length() > DATE_LENGTH
                    ? LocalDate.ofInstant(OffsetDateTime.parse(text).toInstant(), ZoneOffset.UTC)
                    : LocalDate.parse(text);
        } catch (DateTimeException malformed) {
            throw Problem.invalid(List.of(new FieldError(field, "must be a date or a time as in RFC 3339")))
                    .toException();
        }
    }

    /** @param present whether the message has the timestamp */
    public static @Nullable Instant instant(boolean present, Timestamp timestamp) {
        return present ? Times.instant(timestamp) : null;
    }

    private static RuntimeException invalid(String field) {
        return Problem.invalid(List.of(new FieldError(field, "must be a time as in RFC 3339, since 1970")))
                .toException();
    }
}
