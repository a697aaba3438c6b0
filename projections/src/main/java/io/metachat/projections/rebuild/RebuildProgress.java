package io.metachat.projections.rebuild;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a rebuild has come. Positions of an event store count bytes of its log: shares of them are shares of the work,
 * but they are no numbers of events.
 *
 * @param version the one that is being filled
 * @param since when it was begun
 * @param position up to where it is filled
 * @param head the position of the store's last event
 * @param positionsPerSecond how fast it goes on
 * @param left how long it will take at this rate
 */
public record RebuildProgress(
        int version, Instant since, long position, long head, double positionsPerSecond, Optional<Duration> left) {

    /** From 0 to 1. */
    public double done() {
        return head <= 0 ? 1 : Math.min(1, (double) position / head);
    }
}
