package io.metachat.axon.eventstoredb;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential back-off with jitter: the upper bound doubles with each attempt, and a pause is at least half its bound.
 *
 * @param initial the upper bound of the first pause
 * @param max the upper bound of any pause
 */
public record Backoff(Duration initial, Duration max) {

    public Backoff {
        if (initial.isNegative() || initial.isZero() || max.compareTo(initial) < 0) {
            throw new IllegalArgumentException(
                    "Back-off must grow from a positive value, got " + initial + " to " + max);
        }
    }

    /** Returns the pause before attempt number {@code attempt + 1}, for {@code attempt} from 1. */
    public Duration pauseAfter(int attempt) {
        long ceiling = max.toNanos();
        int shift = Math.min(attempt - 1, 30);
        long first = initial.toNanos();
        long bound = first > ceiling >> shift ? ceiling : first << shift;
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(bound / 2, bound + 1));
    }
}
