package io.metachat.axon.eventstoredb.autoconfigure;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Makes the first calls in the background, as often as it takes until the store is there. */
public class EventStoreDbWarmUp implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(EventStoreDbWarmUp.class);
    private static final long PAUSE_MILLIS = 250;

    private final Runnable firstCalls;
    private @Nullable ScheduledExecutorService executor;
    private volatile boolean warm;

    EventStoreDbWarmUp(Runnable firstCalls) {
        this.firstCalls = firstCalls;
    }

    /** Whether the store has answered the first calls. */
    public boolean isWarm() {
        return warm;
    }

    @Override
    public synchronized void start() {
        if (executor == null) {
            ScheduledExecutorService started =
                    Executors.newSingleThreadScheduledExecutor(new AxonThreadFactory("EventStoreDB-WarmUp"));
            executor = started;
            started.execute(() -> attempt(started));
        }
    }

    private void attempt(ScheduledExecutorService on) {
        try {
            firstCalls.run();
            warm = true;
            logger.info("EventStoreDB is there and its connection is warm");
            on.shutdown();
        } catch (EventStoreException e) {
            logger.debug("The store does not answer yet", e);
            if (!on.isShutdown()) {
                on.schedule(() -> attempt(on), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    @Override
    public synchronized void stop() {
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }

    /** Before Axon's components start to handle messages. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
