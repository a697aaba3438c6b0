package io.metachat.matching.search;

import org.axonframework.eventhandling.TrackingToken;

/** Waits until the candidate pool has applied the event that a handler reacts to. */
@FunctionalInterface
interface PoolCatchUp {

    /**
     * Returns when the pool has reached the token.
     *
     * @throws RuntimeException when the pool does not reach it in time; the event is then handled again
     */
    void awaitReached(TrackingToken token);
}
