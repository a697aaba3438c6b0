package io.metachat.axon.cassandra.connection;

import java.time.Duration;

/**
 * The delays between the attempts of a retried action: each is twice the one before, up to a maximum.
 *
 * @param first the delay after the first failure
 * @param maximum the longest delay
 */
public record BackOff(Duration first, Duration maximum) {

    /** Enough doublings for every maximum that a duration in milliseconds can have. */
    private static final int MAX_DOUBLINGS = 40;

    /**
     * Returns the delay after a failure.
     *
     * @param failures how many attempts have failed in a row, at least 1
     */
    public Duration after(int failures) {
        double doubled = first.toMillis() * Math.pow(2, Math.min(failures - 1, MAX_DOUBLINGS));
        return doubled < maximum.toMillis() ? Duration.ofMillis((long) doubled) : maximum;
    }
}
