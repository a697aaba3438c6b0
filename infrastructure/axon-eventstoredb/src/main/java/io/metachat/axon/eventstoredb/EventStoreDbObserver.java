package io.metachat.axon.eventstoredb;

import java.time.Duration;

/**
 * Receives the engine's activity; the source of its metrics.
 *
 * <p>Called on the threads that do the work. Implementations must be fast and thread-safe, and must not throw.
 */
public interface EventStoreDbObserver {

    /** An observer that ignores everything. */
    EventStoreDbObserver NONE = new EventStoreDbObserver() {};

    /** An append was acknowledged {@code latency} after it was requested, retries included. */
    default void appended(int events, Duration latency) {}

    /** An append was refused because the stream was not at the expected revision. */
    default void conflicted() {}

    /** A call is repeated after a failure of this kind, for example {@code UNAVAILABLE}. */
    default void retried(String reason) {}

    /** The client was replaced after its connection broke. */
    default void reconnected() {}

    /** A subscription that had ended, or was silent behind the head, is reopened. */
    default void resubscribed(String reason) {}

    /** A snapshot could not be read and was skipped. */
    default void snapshotSkipped() {}
}
