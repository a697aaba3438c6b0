package io.metachat.service.call;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The delays between the attempts of one piece of work: each is twice the one before, up to a longest.
 *
 * @param first the delay after the first attempt, greater than zero
 * @param longest the upper bound of every delay, at least {@code first}
 */
public record Backoff(Duration first, Duration longest) {

    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("A back-off grows from a positive delay, not " + first + ".." + longest);
        }
    }

    /**
     * Returns the delay after an attempt.
     *
     * @param attempt 1 for the first
     */
    public Duration delay(int attempt) {
        // Enough doublings for a second from a nanosecond; more could overflow.
        int doublings = Math.min(attempt - 1, 30);
        Duration doubled = first.multipliedBy(1L << doublings);
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    /** Returns a random delay from zero to {@link #delay}: competitors that met once should not meet again. */
    public Duration jittered(int attempt) {
        return Duration.ofNanos(
                ThreadLocalRandom.current().nextLong(delay(attempt).toNanos() + 1));
    }
}
