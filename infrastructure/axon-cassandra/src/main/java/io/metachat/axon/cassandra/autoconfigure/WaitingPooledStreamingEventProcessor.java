package io.metachat.axon.cassandra.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pooled streaming processor whose start waits, on a thread of its own, until the token store and the event store
 * answer. Axon's own fails to start while either is absent, and takes the application with it.
 */
final class WaitingPooledStreamingEventProcessor extends PooledStreamingEventProcessor {

    private static final Logger logger = LoggerFactory.getLogger(WaitingPooledStreamingEventProcessor.class);
    private static final long FIRST_WAIT_MILLIS = 250;
    private static final long LONGEST_WAIT_MILLIS = 5_000;
    private static final int NO_SEGMENT = -1;

    private final AtomicReference<@Nullable Starter> starting = new AtomicReference<>();

    WaitingPooledStreamingEventProcessor(Builder builder) {
        super(builder);
    }

    @Override
    public void start() {
        Starter starter = new Starter(getName());
        if (starting.compareAndSet(null, starter)) {
            starter.start();
        }
    }

    @Override
    public void shutDown() {
        shutdownAsync().join();
    }

    @Override
    public CompletableFuture<Void> shutdownAsync() {
        Starter starter = starting.getAndSet(null);
        if (starter != null) {
            starter.interrupt();
        }
        return super.shutdownAsync();
    }

    /**
     * Ends the wait between two attempts, after an outage as well as before the first start: Axon's coordinator waits up
     * to a minute after its failures, however early the store is back.
     */
    void retryNow() {
        Starter starter = starting.get();
        if (starter != null) {
            starter.hurry();
        } else if (isRunning() && isError()) {
            // Releasing a segment that no one has does nothing but schedule the coordinator at once.
            releaseSegment(NO_SEGMENT, 0, TimeUnit.MILLISECONDS);
        }
    }

    private void startNow() {
        super.start();
    }

    private CompletableFuture<Void> stopNow() {
        return super.shutdownAsync();
    }

    private final class Starter extends Thread {

        private final String processor;
        private boolean hurried;

        private Starter(String processor) {
            super("EventProcessorStart[" + processor + "]");
            this.processor = processor;
            setDaemon(true);
        }

        @Override
        public void run() {
            String lastReason = "";
            long wait = FIRST_WAIT_MILLIS;
            while (starting.get() == this) {
                try {
                    startNow();
                    if (!starting.compareAndSet(this, null)) {
                        stopNow();
                    }
                    return;
                } catch (RuntimeException e) {
                    String reason = String.valueOf(e.getMessage());
                    if (!reason.equals(lastReason)) {
                        logger.warn("Processor [{}] waits for its stores: {}", processor, reason);
                        lastReason = reason;
                    }
                    await(wait);
                    wait = Math.min(wait * 2, LONGEST_WAIT_MILLIS);
                }
            }
        }

        private synchronized void await(long millis) {
            try {
                long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
                for (long left = millis; left > 0 && !hurried; ) {
                    wait(left);
                    left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                }
                hurried = false;
            } catch (InterruptedException e) {
                // Shut down: the loop ends, for this is not the current starter any more.
                interrupt();
            }
        }

        private synchronized void hurry() {
            hurried = true;
            notifyAll();
        }
    }
}
