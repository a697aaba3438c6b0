package io.metachat.embedded.eventstoredb.internal.stream;

import java.time.Instant;

/** The protocol's format of time: 100-nanosecond ticks since the Unix epoch. */
public final class Ticks {

    private static final long PER_SECOND = 10_000_000L;
    private static final long NANOS = 100L;

    private Ticks() {}

    public static long of(Instant instant) {
        return instant.getEpochSecond() * PER_SECOND + instant.getNano() / NANOS;
    }

    static Instant toInstant(long ticks) {
        return Instant.ofEpochSecond(Math.floorDiv(ticks, PER_SECOND), Math.floorMod(ticks, PER_SECOND) * NANOS);
    }
}
