package io.metachat.projections.rebuild;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether a version that is being filled has caught up with the event store: it has when it has everything that the
 * store had a moment ago. Events that arrive meanwhile do not keep it from ever being there. Not thread-safe.
 */
final class CatchUp {

    private final long lagNanos;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /** Where the store's end was, and when. */
    private record Sample(long head, long at) {}

    CatchUp(Duration lag) {
        this.lagNanos = lag.toNanos();
    }

    /**
     * @param position up to where the version is filled
     * @param head the position of the store's last event
     * @param now of a clock that never goes back, in nanoseconds
     */
    boolean isThere(long position, long head, long now) {
        samples.add(new Sample(head, now));
        while (samples.size() > 1 && now - samples.element().at() > lagNanos) {
            samples.remove();
        }
        return position >= samples.element().head();
    }
}
