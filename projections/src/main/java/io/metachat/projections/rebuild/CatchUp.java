package io.metachat.projections.rebuild;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decides whether a version that is being filled has caught up with the event store: it has when it contains everything
 * that the store had a moment ago. Otherwise events that keep arriving could delay the switch for ever. Not thread-safe.
 */
final class CatchUp {

    private final long lagNanos;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /** The store's last position at a time. */
    private record Sample(long head, long at) {}

    CatchUp(Duration lag) {
        this.lagNanos = lag.toNanos();
    }

    /**
     * @param position the position up to which the version is filled
     * @param head the position of the store's last event
     * @param now of a monotonic clock, in nanoseconds
     */
    boolean hasCaughtUp(long position, long head, long now) {
        samples.add(new Sample(head, now));
        while (samples.size() > 1 && now - samples.element().at() > lagNanos) {
            samples.remove();
        }
        return position >= samples.element().head();
    }
}
