package io.metachat.axon.eventstoredb.autoconfigure;

import io.metachat.axon.eventstoredb.Backoff;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Makes the first, slow calls in the background, and retries until the store answers. */
public class EventStoreDbWarmUp implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EventStoreDbWarmUp.class);
    private static final Backoff RETRY = new Backoff(Duration.ofMillis(50), Duration.ofMillis(500));

    private final Runnable firstCalls;
    private @Nullable ScheduledExecutorService executor;
    private volatile boolean warm;

    EventStoreDbWarmUp(Runnable firstCalls) {
        this.firstCalls = firstCalls;
    }

    /** Returns whether the store has answered the first calls. */
    public boolean isWarm() {
        return warm;
    }

    @Override
    public synchronized void start() {
        if (executor == null) {
            ScheduledExecutorService started =
                    Executors.newSingleThreadScheduledExecutor(new AxonThreadFactory("EventStoreDB-WarmUp"));
            executor = started;
            started.execute(() -> attempt(started, 1));
        }
    }

    private void attempt(ScheduledExecutorService on, int attempt) {
        try {
            firstCalls.run();
            warm = true;
            log.info("EventStoreDB answers; the connection is warm");
            on.shutdown();
        } catch (EventStoreException e) {
            log.debug("EventStoreDB does not answer yet", e);
            if (!on.isShutdown()) {
                Duration pause = RETRY.pauseAfter(attempt);
                on.schedule(() -> attempt(on, attempt + 1), pause.toMillis(), TimeUnit.MILLISECONDS);
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
