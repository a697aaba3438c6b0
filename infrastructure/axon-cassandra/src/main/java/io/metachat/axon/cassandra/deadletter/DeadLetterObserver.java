package io.metachat.axon.cassandra.deadletter;

/** Is told of each change of a dead-letter queue; it must be fast and thread-safe. */
@FunctionalInterface
public interface DeadLetterObserver {

    /** Observes nothing. */
    DeadLetterObserver NONE = (queue, change) -> {};

    /** What has become of an event. */
    enum Change {
        /** Its handler failed, and it is parked. */
        FAILED,
        /** It is parked because it follows one that is. */
        FOLLOWED,
        /** It was tried again and handled. */
        HANDLED,
        /** It was tried again, and its handler failed again. */
        FAILED_AGAIN,
        /** It was given up. */
        DISCARDED
    }

    /**
     * Tells of one change.
     *
     * @param queue the queue's name: a processing group, or {@code <processing group>.<type of saga>}
     * @param change what has become of an event; an event that comes twice can be told of twice
     */
    void changed(String queue, Change change);
}
