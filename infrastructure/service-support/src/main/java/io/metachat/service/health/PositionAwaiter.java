package io.metachat.service.health;

import io.metachat.service.call.CallContext;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Lets a read wait until the read model holds what its client has written. Blocks the calling thread. */
public final class PositionAwaiter {

    private static final long SHORTEST_PAUSE_MILLIS = 2;
    private static final long LONGEST_PAUSE_MILLIS = 25;

    /**
     * How long reads wait.
     *
     * @param timeout the longest wait
     */
    @ConfigurationProperties("metachat.reads")
    public record Properties(@DefaultValue("2s") Duration timeout) {}

    private final ProcessorPositions positions;
    private final Properties properties;

    public PositionAwaiter(ProcessorPositions positions, Properties properties) {
        this.positions = positions;
        this.properties = properties;
    }

    /** Waits for the {@code x-metachat-min-position} of the call that is being served, if it has one. */
    public void awaitCallPosition(String processor) {
        CallContext.current().minPosition().ifPresent(position -> await(processor, position));
    }

    /** {@link #await(String, long, Duration)} with the configured time. */
    public void await(String processor, long position) {
        await(processor, position, properties.timeout());
    }

    /**
     * Waits until {@code processor} has handled everything up to {@code position}.
     *
     * @throws io.metachat.service.error.ProblemException {@code not-yet} when it has not in time; the
     *     serving call's deadline counts too
     */
    public void await(String processor, long position, Duration timeout) {
        long end = System.nanoTime() + bounded(timeout);
        long pause = SHORTEST_PAUSE_MILLIS;
        while (!reached(processor, position)) {
            long remaining = end - System.nanoTime();
            if (remaining <= 0) {
                throw behind();
            }
            pause(Math.min(TimeUnit.MILLISECONDS.toNanos(pause), remaining));
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
    }

    // What was written before the first event needs no reader.
    private boolean reached(String processor, long position) {
        if (position <= 0) {
            return true;
        }
        OptionalLong current = positions.position(processor);
        return current.isPresent() && current.getAsLong() >= position;
    }

    // A little before the deadline, so that the answer still arrives.
    private static long bounded(Duration timeout) {
        long answer = TimeUnit.MILLISECONDS.toNanos(50);
        return CallContext.deadline()
                .map(deadline -> Math.min(timeout.toNanos(), deadline.timeRemaining(TimeUnit.NANOSECONDS) - answer))
                .orElseGet(timeout::toNanos);
    }

    private static void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw behind();
        }
    }

    private static RuntimeException behind() {
        return new Problem(
                        "not-yet",
                        ProblemCategory.NOT_YET,
                        "The read model has not reached the asked position.",
                        List.of(),
                        Duration.ofSeconds(1))
                .toException();
    }
}
