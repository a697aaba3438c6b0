package io.metachat.benchmarks.eventstore;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.AxonThreadFactory;

/**
 * For the coordinator of a pooled streaming event processor whose handlers are fast.
 *
 * <p>A coordinator that finds its buffer of 1,024 events full looks again after 100 ms, however soon its workers have
 * emptied it, and nothing wakes it before. Events that are pushed come faster than such handlers take them, so that a
 * replay waits most of the time. Here that pause, and no other, is a millisecond.
 *
 * <p>Whoever makes it shuts it down.
 */
final class PromptCoordinatorExecutor extends ScheduledThreadPoolExecutor {

    private static final long FULL_BUFFER_MILLIS = 100;
    private static final long PAUSE_MILLIS = 1;

    /** @param processorName names the thread */
    PromptCoordinatorExecutor(String processorName) {
        super(1, new AxonThreadFactory("Coordinator[" + processorName + "]"));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return unit.toMillis(delay) == FULL_BUFFER_MILLIS
                ? super.schedule(command, PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                : super.schedule(command, delay, unit);
    }
}
