package io.metachat.matching.search;

import org.axonframework.eventhandling.TrackingToken;

/** Lets a handler wait until the candidate pool has taken in what the handler reacts to. */
@FunctionalInterface
public interface PoolFollower {

    /**
     * Returns when the pool has reached the token.
     *
     * @throws RuntimeException when it does not in time; the event is then handled again
     */
    void awaitReached(TrackingToken token);
}
