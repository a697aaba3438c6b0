package io.metachat.service.position;

import io.metachat.service.call.Backoff;
import io.metachat.service.call.CallContext;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.axonframework.eventhandling.StreamingEventProcessor;

/**
 * Lets a read wait until the read model holds the writes of its client: the call's {@code x-metachat-min-position}.
 * Blocks the calling thread for a bounded time; thread-safe.
 *
 * <p>The name of a processor is whatever the function maps to a running processor. A processor that does not run in this
 * instance has reached nothing.
 */
public final class PositionAwaiter {

    private static final Backoff POLLING = new Backoff(Duration.ofMillis(2), Duration.ofMillis(25));

    /** Part of a call's deadline that is kept, so that the response still arrives. */
    private static final long RESPONSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Function<String, Optional<StreamingEventProcessor>> running;
    private final StoredPositions stored;
    private final Duration timeout;

    /**
     * @param running returns the processor of a name
     * @param stored the positions of segments that other instances run
     * @param timeout the longest wait; the deadline of the served call counts too
     */
    public PositionAwaiter(
            Function<String, Optional<StreamingEventProcessor>> running, StoredPositions stored, Duration timeout) {
        this.running = running;
        this.stored = stored;
        this.timeout = timeout;
    }

    /**
     * Waits for the minimum position of the call that is being served, if it has one.
     *
     * @throws io.metachat.service.error.ProblemException {@code not-yet} when the processor has not reached it in time
     */
    public void awaitCallPosition(String processor) {
        CallContext.current().minPosition().ifPresent(position -> await(processor, position));
    }

    /**
     * Waits like {@link #awaitCallPosition(String)}, but only for the segment of one sequence.
     *
     * @param sequence the sequence identifier, as the processor's sequencing policy gives it
     */
    public void awaitCallPosition(String processor, Object sequence) {
        CallContext.current()
                .minPosition()
                .ifPresent(position ->
                        await(processor, position, timeout, segments -> segments.hasReached(position, sequence)));
    }

    /** Waits like {@link #await(String, long, Duration)}, for the configured timeout. */
    public void await(String processor, long position) {
        await(processor, position, timeout);
    }

    /**
     * Waits until {@code processor} has handled all events up to {@code position}.
     *
     * @throws io.metachat.service.error.ProblemException {@code not-yet} when it has not in time
     */
    public void await(String processor, long position, Duration timeout) {
        await(processor, position, timeout, segments -> segments.hasReached(position));
    }

    /** Returns whether every segment of {@code processor}, wherever it runs, has reached {@code position}. */
    public boolean hasReached(String processor, long position) {
        return hasReached(processor, position, segments -> segments.hasReached(position));
    }

    private boolean hasReached(String processor, long position, Predicate<SegmentPositions> reached) {
        // No event lies at or before position 0.
        return position <= 0
                || running.apply(processor)
                        .map(streaming -> new SegmentPositions(streaming.getName(), Optional.of(streaming), stored))
                        .filter(reached)
                        .isPresent();
    }

    private void await(String processor, long position, Duration timeout, Predicate<SegmentPositions> reached) {
        long end = System.nanoTime() + bounded(timeout);
        for (int attempt = 1; !hasReached(processor, position, reached); attempt++) {
            long remaining = end - System.nanoTime();
            if (remaining <= 0) {
                throw notYet();
            }
            pause(Math.min(POLLING.delay(attempt).toNanos(), remaining));
        }
    }

    private static long bounded(Duration timeout) {
        return CallContext.deadline()
                .map(deadline -> deadline.timeRemaining(TimeUnit.NANOSECONDS) - RESPONSE_NANOS)
                .map(remaining -> Math.min(timeout.toNanos(), remaining))
                .orElseGet(timeout::toNanos);
    }

    private static void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notYet();
        }
    }

    private static RuntimeException notYet() {
        return new Problem(
                        "not-yet",
                        ProblemCategory.NOT_YET,
                        "The read model has not reached the requested position.",
                        List.of(),
                        Duration.ofSeconds(1))
                .toException();
    }
}
