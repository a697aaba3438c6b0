package io.metachat.axon.cassandra.processor;

import io.metachat.axon.cassandra.CassandraConnection;
import io.metachat.axon.cassandra.connection.BackOff;
import io.metachat.axon.cassandra.connection.RepeatedReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A processor of {@link WaitingProcessors}. */
final class WaitingPooledStreamingEventProcessor extends PooledStreamingEventProcessor {

    private static final Logger log = LoggerFactory.getLogger(WaitingPooledStreamingEventProcessor.class);
    private static final BackOff BACK_OFF = new BackOff(Duration.ofMillis(250), Duration.ofSeconds(5));

    private final CassandraConnection connection;
    private final AtomicReference<@Nullable Starter> starting = new AtomicReference<>();
    private final AtomicReference<@Nullable Registration> reconnects = new AtomicReference<>();

    WaitingPooledStreamingEventProcessor(Builder builder, CassandraConnection connection) {
        super(builder);
        this.connection = connection;
    }

    @Override
    public void start() {
        Starter starter = new Starter(getName());
        if (starting.compareAndSet(null, starter)) {
            follow(connection.onConnected(this::retryNow));
            if (starting.get() != starter) {
                follow(null);
            }
            starter.start();
        }
    }

    @Override
    public void shutDown() {
        shutdownAsync().join();
    }

    @Override
    public CompletableFuture<Void> shutdownAsync() {
        follow(null);
        Starter starter = starting.getAndSet(null);
        if (starter != null) {
            starter.interrupt();
        }
        return super.shutdownAsync();
    }

    private void follow(@Nullable Registration registration) {
        Registration former = reconnects.getAndSet(registration);
        if (former != null) {
            former.cancel();
        }
    }

    /** Ends the wait between two attempts: before the first start, and after an outage. */
    private void retryNow() {
        Starter starter = starting.get();
        if (starter != null) {
            starter.retryNow();
        } else if (isRunning() && isError()) {
            AxonInternals.endBackOff(this);
        }
    }

    private void startNow() {
        super.start();
    }

    private void stopNow() {
        super.shutdownAsync();
    }

    private final class Starter extends Thread {

        private final String processor;
        private final Semaphore retries = new Semaphore(0);

        private Starter(String processor) {
            super("EventProcessorStart[" + processor + "]");
            this.processor = processor;
            setDaemon(true);
        }

        @Override
        public void run() {
            RepeatedReason reason = new RepeatedReason();
            retries.drainPermits();
            for (int failures = 1; starting.get() == this; failures++) {
                try {
                    startNow();
                    if (!starting.compareAndSet(this, null)) {
                        stopNow();
                    }
                    return;
                } catch (RuntimeException e) {
                    String message = String.valueOf(e.getMessage());
                    if (reason.isNew(message)) {
                        log.warn("Processor [{}] waits for its stores: {}", processor, message);
                    }
                    await(BACK_OFF.after(failures));
                }
            }
        }

        private void await(Duration delay) {
            try {
                if (retries.tryAcquire(delay.toMillis(), TimeUnit.MILLISECONDS)) {
                    retries.drainPermits();
                }
            } catch (InterruptedException e) {
                // The processor is shut down, and the loop ends because this is no longer the current starter.
                interrupt();
            }
        }

        private void retryNow() {
            retries.release();
        }
    }
}
