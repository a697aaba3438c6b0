package io.metachat.projections.rebuild;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The progress of a rebuild. Positions of an event store count bytes of its log: shares of them are shares of the work,
 * but not numbers of events.
 *
 * @param version the version that is being filled
 * @param since the time when the rebuild began
 * @param position the position up to which the version is filled
 * @param head the position of the store's last event
 * @param positionsPerSecond the rate of the rebuild
 * @param left the remaining time at this rate
 */
public record RebuildProgress(
        int version, Instant since, long position, long head, double positionsPerSecond, Optional<Duration> left) {

    /** From 0 to 1. */
    public double done() {
        return head <= 0 ? 1 : Math.min(1, (double) position / head);
    }
}
