package io.metachat.axon.cassandra;

import java.time.Duration;

/** Receives each round trip to Cassandra. Implementations must be fast and thread-safe. */
@FunctionalInterface
public interface StatementObserver {

    /** Observes nothing. */
    StatementObserver NONE = (operation, outcome, duration) -> {};

    /** How a round trip ended. */
    enum Outcome {
        /** Read, written, or condition met. */
        DONE,
        /** The condition of a lightweight transaction was not met. */
        REFUSED,
        /** An exception. */
        FAILED
    }

    /**
     * Receives one round trip.
     *
     * @param operation the operation's name, from a small closed set, e.g. {@code token.store}
     * @param outcome how it ended
     * @param duration from the request to the response
     */
    void executed(String operation, Outcome outcome, Duration duration);
}
