package io.metachat.axon.eventstoredb;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential back-off with full jitter, bounded in step and in total time.
 *
 * @param initialBackoff upper bound of the first pause
 * @param maxBackoff upper bound of any pause
 * @param maxElapsed no attempt starts after this time since the first one
 */
public record RetryPolicy(Duration initialBackoff, Duration maxBackoff, Duration maxElapsed) {

    public RetryPolicy {
        if (initialBackoff.isNegative() || initialBackoff.isZero() || maxBackoff.compareTo(initialBackoff) < 0) {
            throw new IllegalArgumentException(
                    "Back-off must grow from a positive value, got " + initialBackoff + " to " + maxBackoff);
        }
        if (maxElapsed.isNegative()) {
            throw new IllegalArgumentException("maxElapsed must not be negative, got " + maxElapsed);
        }
    }

    /** The pause before attempt number {@code attempt + 1}, for {@code attempt} from 1. */
    public Duration pauseAfter(int attempt) {
        long ceiling = maxBackoff.toNanos();
        int shift = Math.min(attempt - 1, 30);
        long initial = initialBackoff.toNanos();
        long bound = initial > ceiling >> shift ? ceiling : initial << shift;
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(bound / 2, bound + 1));
    }
}
