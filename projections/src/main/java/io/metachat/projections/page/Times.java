package io.metachat.projections.page;

import com.google.protobuf.Timestamp;
import io.metachat.domain.refusal.DomainException;
import java.time.DateTimeException;
import java.time.Instant;

/** Times in messages. */
public final class Times {

    private Times() {}

    public static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    /** @throws DomainException when the timestamp is none, naming the field */
    public static Instant instant(String field, Timestamp timestamp) {
        try {
            return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
        } catch (DateTimeException | ArithmeticException e) {
            throw DomainException.invalid(field, "must be a time");
        }
    }
}
