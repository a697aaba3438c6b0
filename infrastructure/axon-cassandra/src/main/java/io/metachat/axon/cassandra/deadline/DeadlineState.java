package io.metachat.axon.cassandra.deadline;

/** The stored state of a deadline. */
sealed interface DeadlineState {

    /** It waits for its time, or is being delivered. */
    record Pending(StoredDeadline deadline) implements DeadlineState {}

    /** It has been delivered or cancelled. */
    record Done() implements DeadlineState {}

    /** Nothing: it is being written, or was forgotten long after it was done. */
    record Unknown() implements DeadlineState {}
}
