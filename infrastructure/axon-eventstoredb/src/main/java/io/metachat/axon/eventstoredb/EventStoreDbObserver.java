package io.metachat.axon.eventstoredb;

import java.time.Duration;

/**
 * Hears what the engine does; the source of its metrics.
 *
 * <p>Called on the threads that do the work: implementations must be fast, thread-safe and must not throw.
 */
public interface EventStoreDbObserver {

    /** An observer that ignores everything. */
    EventStoreDbObserver NONE = new EventStoreDbObserver() {};

    /** An append was acknowledged, {@code latency} after it was asked for, retries included. */
    default void appended(int events, Duration latency) {}

    /** An append was refused because the stream is not at the expected revision. */
    default void conflicted() {}

    /** A call is made again after a failure of this kind, for example {@code UNAVAILABLE}. */
    default void retried(String reason) {}

    /** The client was replaced after its connection broke. */
    default void reconnected() {}

    /** A subscription that had ended, or gone silent behind the head, was opened again. */
    default void resubscribed(String reason) {}

    /** A snapshot could not be read and was skipped. */
    default void snapshotSkipped() {}
}
