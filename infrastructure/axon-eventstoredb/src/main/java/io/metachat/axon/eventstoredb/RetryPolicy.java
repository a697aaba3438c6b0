package io.metachat.axon.eventstoredb;

import java.time.Duration;

/**
 * How often a failed call is repeated.
 *
 * @param backoff the pauses between attempts
 * @param maxElapsed no attempt starts after this time since the first one
 */
public record RetryPolicy(Backoff backoff, Duration maxElapsed) {

    public RetryPolicy {
        if (maxElapsed.isNegative()) {
            throw new IllegalArgumentException("maxElapsed must not be negative, got " + maxElapsed);
        }
    }
}
