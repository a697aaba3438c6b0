package io.metachat.diary.api;

import com.google.protobuf.Timestamp;
import io.metachat.domain.refusal.DomainException;
import java.time.Instant;

/** Times as gRPC carries them. */
final class Times {

    /** From year 1 to year 9999, as the protocol defines its timestamps. */
    private static final long EARLIEST = -62_135_596_800L;

    private static final long LATEST = 253_402_300_799L;
    private static final int NANOS = 1_000_000_000;

    private Times() {}

    static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    static Instant instant(String field, Timestamp time) {
        if (time.getSeconds() < EARLIEST
                || time.getSeconds() > LATEST
                || time.getNanos() < 0
                || time.getNanos() >= NANOS) {
            throw DomainException.invalid(field, "must be a time from year 1 to year 9999");
        }
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
