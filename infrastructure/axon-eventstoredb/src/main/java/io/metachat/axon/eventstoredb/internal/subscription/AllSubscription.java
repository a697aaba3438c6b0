package io.metachat.axon.eventstoredb.internal.subscription;

import com.eventstore.dbclient.Position;
import com.eventstore.dbclient.SubscribeToAllOptions;
import com.eventstore.dbclient.Subscription;
import com.eventstore.dbclient.SubscriptionFilter;
import com.eventstore.dbclient.SubscriptionListener;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadResp.ReadEvent;
import io.grpc.StatusRuntimeException;
import io.metachat.axon.eventstoredb.Backoff;
import io.metachat.axon.eventstoredb.StreamNames;
import io.metachat.axon.eventstoredb.internal.codec.Positions;
import io.metachat.axon.eventstoredb.internal.codec.StoredEvent;
import io.metachat.axon.eventstoredb.internal.connection.CallFailedException;
import io.metachat.axon.eventstoredb.internal.connection.Calls;
import io.metachat.axon.eventstoredb.internal.connection.Failure;
import io.metachat.axon.eventstoredb.internal.connection.Session;
import io.metachat.axon.eventstoredb.internal.connection.SubscriptionCalls;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription to {@code $all} that never ends: it delivers each event once, in order, across lost calls and connections.
 *
 * <p>Each call is an attempt. Only the current attempt may deliver. A delivered event advances the position that the next
 * attempt starts from; an event at or before the position is dropped.
 */
final class AllSubscription implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AllSubscription.class);

    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);
    private static final Backoff REOPEN = new Backoff(Duration.ofMillis(20), Duration.ofSeconds(2));
    private static final Duration BUSY_RECHECK = Duration.ofMillis(20);

    /** Receives events, one call at a time. May block, which slows the server down. */
    interface Sink {

        void onEvent(StoredEvent event);

        /** There is no event to consume up to this position. */
        void onPosition(long position);
    }

    private final Calls calls;
    private final StreamNames names;
    private final int searchWindow;
    private final ScheduledExecutorService scheduler;
    private final Sink sink;

    /** Held while delivering, and while the current attempt changes. */
    private final ReentrantLock delivery = new ReentrantLock();

    private final AtomicInteger failedAttempts = new AtomicInteger();
    private volatile @Nullable Attempt current;
    private volatile long position;
    private volatile long lastSignalNanos = System.nanoTime();
    private volatile boolean closed;

    AllSubscription(
            Calls calls,
            StreamNames names,
            int searchWindow,
            ScheduledExecutorService scheduler,
            long after,
            Sink sink) {
        this.calls = calls;
        this.names = names;
        this.searchWindow = searchWindow;
        this.scheduler = scheduler;
        this.position = after;
        this.sink = sink;
    }

    /** Opens in the background, and retries until it succeeds. */
    void open() {
        scheduler.execute(this::attempt);
    }

    /** Returns the position up to which everything has been delivered. */
    long position() {
        return position;
    }

    /** Returns for how long nothing has been received while the sink was ready. */
    Duration silence() {
        return delivery.isLocked() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - lastSignalNanos);
    }

    /** Ends the current attempt and starts another, unless it is delivering now. */
    void reopen(String reason) {
        if (!delivery.isLocked()) {
            end(reason);
        }
    }

    @Override
    public void close() {
        closed = true;
        end("closed");
    }

    private void end(String reason) {
        Attempt attempt = current;
        if (attempt != null) {
            attempt.end(reason);
        }
    }

    /** Resets the silence: the watchdog has found no missing event. */
    void confirmAlive() {
        lastSignalNanos = System.nanoTime();
    }

    private void attempt() {
        if (closed) {
            return;
        }
        try {
            Attempt attempt = new Attempt(calls.session());
            delivery.lock();
            try {
                current = attempt;
                lastSignalNanos = System.nanoTime();
            } finally {
                delivery.unlock();
            }
            attempt.start();
        } catch (CallFailedException e) {
            scheduleAttempt();
        } catch (RuntimeException e) {
            // Unexpected; without another attempt the consumers would wait forever.
            log.warn("Could not open a subscription; retrying", e);
            scheduleAttempt();
        }
    }

    private void scheduleAttempt() {
        Duration pause = REOPEN.pauseAfter(failedAttempts.incrementAndGet());
        scheduler.schedule(this::attempt, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private SubscribeToAllOptions options(String mark, Attempt attempt) {
        SubscribeToAllOptions options = SubscribeToAllOptions.get()
                .filter(SubscriptionFilter.newBuilder()
                        .withStreamNameRegularExpression(names.consumedPattern())
                        .withMaxWindow(searchWindow)
                        .withCheckpointer(attempt::onCheckpoint)
                        .build())
                .header(SubscriptionCalls.HEADER, mark);
        long after = position;
        return after == Positions.START ? options.fromStart() : options.fromPosition(Positions.toClient(after));
    }

    /** One subscription call. */
    private final class Attempt extends SubscriptionListener implements SubscriptionCalls.Watcher {

        private final Session session;
        private final String mark = UUID.randomUUID().toString();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private volatile @Nullable Subscription subscription;

        Attempt(Session session) {
            this.session = session;
        }

        void start() {
            calls.subscriptionCalls().watch(mark, this);
            session.track(ended).whenComplete((nothing, lost) -> scheduler.execute(() -> replace(lost)));
            session.client()
                    .subscribeToAll(this, options(mark, this))
                    .orTimeout(OPEN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((confirmed, failure) -> {
                        if (failure != null) {
                            fail(failure);
                        } else {
                            subscription = confirmed;
                            stopIfOver();
                        }
                    });
        }

        void end(String reason) {
            if (ended.complete(null) && !closed) {
                log.debug("A subscription ended ({}); reopening it after {}", reason, position);
                calls.observer().resubscribed(reason);
            }
        }

        @Override
        public void onEnd(StatusRuntimeException end) {
            switch (end.getStatus().getCode()) {
                case OK -> end("COMPLETED");
                case CANCELLED -> end("CANCELLED");
                default -> fail(end);
            }
        }

        private void fail(Throwable failure) {
            if (ended.completeExceptionally(failure) && !closed) {
                calls.observer().resubscribed(Failure.reason(failure));
            }
        }

        /** Starts the next attempt. Called on the scheduler when this one has ended. */
        private void replace(@Nullable Throwable lost) {
            calls.subscriptionCalls().forget(mark);
            stopIfOver();
            if (lost != null) {
                if (Failure.of(lost) == Failure.CONNECTION_LOST) {
                    calls.lost(session, Failure.unwrap(lost));
                } else if (Failure.of(lost) == Failure.REFUSED && !closed) {
                    log.warn("EventStoreDB refused a subscription; retrying", Failure.unwrap(lost));
                }
            }
            if (!delivery.tryLock()) {
                // The sink is full, so its events must be consumed first anyway.
                scheduler.schedule(() -> replace(null), BUSY_RECHECK.toMillis(), TimeUnit.MILLISECONDS);
                return;
            }
            try {
                if (current != this) {
                    return;
                }
                current = null;
            } finally {
                delivery.unlock();
            }
            if (!closed) {
                scheduleAttempt();
            }
        }

        private void stopIfOver() {
            Subscription confirmed = subscription;
            if (confirmed != null && (closed || ended.isDone())) {
                confirmed.stop();
            }
        }

        @Override
        public void onEvent(ReadEvent received) {
            StoredEvent event = StoredEvent.of(received);
            deliver(event.position(), () -> {
                if (event.isSystemEvent()) {
                    sink.onPosition(event.position());
                } else {
                    sink.onEvent(event);
                }
            });
        }

        CompletableFuture<Void> onCheckpoint(Subscription from, Position checkpoint) {
            deliver(checkpoint.getCommitUnsigned(), () -> sink.onPosition(checkpoint.getCommitUnsigned()));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onCaughtUp(Subscription from) {
            lastSignalNanos = System.nanoTime();
        }

        @Override
        public void onCancelled(@Nullable Subscription from, @Nullable Throwable failure) {
            if (failure == null) {
                end("CANCELLED");
            } else {
                fail(failure);
            }
        }

        private void deliver(long at, Runnable toSink) {
            delivery.lock();
            try {
                if (current != this || at <= position) {
                    return;
                }
                toSink.run();
                position = at;
                failedAttempts.set(0);
                lastSignalNanos = System.nanoTime();
            } finally {
                delivery.unlock();
            }
        }
    }
}
