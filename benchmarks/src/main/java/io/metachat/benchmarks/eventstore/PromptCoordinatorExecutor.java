package io.metachat.benchmarks.eventstore;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.AxonThreadFactory;

/**
 * An executor for the coordinator of a pooled streaming event processor with fast handlers.
 *
 * <p>Axon's coordinator checks a full buffer of 1,024 events again after 100 ms, and nothing wakes it earlier when its
 * workers have emptied the buffer. Pushed events arrive faster than such handlers take them, so a replay waits most of
 * the time. This executor shortens that pause, and no other, to a millisecond.
 *
 * <p>The creator must shut it down.
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
