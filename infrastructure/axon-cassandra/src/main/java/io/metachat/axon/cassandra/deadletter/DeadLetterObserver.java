package io.metachat.axon.cassandra.deadletter;

/** Receives each change of a dead-letter queue. Implementations must be fast and thread-safe. */
@FunctionalInterface
public interface DeadLetterObserver {

    /** Observes nothing. */
    DeadLetterObserver NONE = (queue, change) -> {};

    /** The change of an event's state. */
    enum Change {
        /** Its handler failed, and it is parked. */
        FAILED,
        /** It is parked because it follows one that is. */
        FOLLOWED,
        /** It was retried and handled. */
        HANDLED,
        /** It was retried, and its handler failed again. */
        FAILED_AGAIN,
        /** It was discarded. */
        DISCARDED
    }

    /**
     * Receives one change.
     *
     * @param queue the queue's name: a processing group, or {@code <processing group>.<type of saga>}
     * @param change the change; a redelivered event can be reported twice
     */
    void changed(String queue, Change change);
}
