package io.metachat.axon.eventstoredb.internal.connection;

import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.ReadMessage;
import com.eventstore.dbclient.ResolvedEvent;
import io.metachat.axon.eventstoredb.Backoff;
import io.metachat.axon.eventstoredb.EventStoreDbObserver;
import io.metachat.axon.eventstoredb.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes calls on the current session, replaces the session when it breaks, and retries calls that may be retried. */
public final class Calls implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Calls.class);

    /** How long after its deadline a call must have been reported; without a report, the client itself is stuck. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Supplier<EventStoreDBClient> connector;
    private final SubscriptionCalls subscriptionCalls;
    private final Duration timeout;
    private final RetryPolicy retry;
    private final Backoff reconnect;
    private final EventStoreDbObserver observer;

    private final Object lock = new Object();
    private volatile @Nullable Session current;
    private volatile int failures;
    private long retryAtNanos;
    private boolean closed;

    public Calls(
            Supplier<EventStoreDBClient> connector,
            SubscriptionCalls subscriptionCalls,
            Duration timeout,
            RetryPolicy retry,
            Backoff reconnect,
            EventStoreDbObserver observer) {
        this.connector = connector;
        this.subscriptionCalls = subscriptionCalls;
        this.timeout = timeout;
        this.retry = retry;
        this.reconnect = reconnect;
        this.observer = observer;
    }

    public SubscriptionCalls subscriptionCalls() {
        return subscriptionCalls;
    }

    public EventStoreDbObserver observer() {
        return observer;
    }

    public Duration timeout() {
        return timeout;
    }

    /**
     * Returns the current session, or a new one when the last one broke and its pause has elapsed.
     *
     * @throws CallFailedException immediately, as a lost connection, during the pause and after {@link #close()}
     */
    public Session session() {
        Session session = current;
        if (session != null && !session.isDead()) {
            return session;
        }
        if (session != null) {
            lost(session, new SessionLostException());
        }
        synchronized (lock) {
            if (current != null) {
                return current;
            }
            if (closed || System.nanoTime() - retryAtNanos < 0) {
                throw new CallFailedException("connect", new SessionLostException());
            }
            if (failures > 0) {
                observer.reconnected();
            }
            current = new Session(connector.get());
            return current;
        }
    }

    /** Gives the session up, unless it has been replaced already. */
    public void lost(Session session, Throwable cause) {
        synchronized (lock) {
            if (current != session) {
                return;
            }
            current = null;
            failures++;
            if (failures == 1) {
                log.warn("Lost the connection to EventStoreDB ({}); reconnecting", Failure.reason(cause));
            }
            // The first reconnect is immediate: the server may have restarted, or failed a single call.
            Duration pause = failures == 1 ? Duration.ZERO : reconnect.pauseAfter(failures - 1);
            retryAtNanos = System.nanoTime() + pause.toNanos();
        }
        session.lose();
    }

    private void worked(Session session) {
        if (failures == 0) {
            return;
        }
        synchronized (lock) {
            if (failures == 0 || current != session) {
                return;
            }
            failures = 0;
        }
        log.info("Reconnected to EventStoreDB");
    }

    /** Makes one attempt without blocking; fails when there is no session. */
    public <T> CompletableFuture<T> async(Function<EventStoreDBClient, CompletableFuture<T>> call) {
        try {
            Session session = session();
            return session.track(call.apply(session.client()));
        } catch (CallFailedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Makes one attempt with the configured timeout. */
    <T> T once(String what, Function<EventStoreDBClient, CompletableFuture<T>> call) {
        Session session = session();
        CompletableFuture<T> future = session.track(call.apply(session.client()));
        try {
            T result = future.get(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
            worked(session);
            return result;
        } catch (ExecutionException e) {
            Throwable cause = Failure.unwrap(e);
            switch (Failure.of(cause)) {
                case CONNECTION_LOST -> lost(session, cause);
                case WRONG_REVISION, TOMBSTONED, NOT_FOUND -> worked(session);
                case UNKNOWN_OUTCOME, REFUSED -> {
                    // No evidence about the connection.
                }
            }
            throw new CallFailedException(what, cause);
        } catch (TimeoutException e) {
            future.cancel(true);
            lost(session, e);
            throw new CallFailedException(what, e);
        } catch (CancellationException e) {
            throw new CallFailedException(what, Failure.UNKNOWN_OUTCOME, e);
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new CallFailedException(what, Failure.REFUSED, e);
        }
    }

    /** Repeats the call until it succeeds, fails permanently, or exceeds the retry policy's time. */
    public <T> T retrying(String what, Function<EventStoreDBClient, CompletableFuture<T>> call) {
        long start = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                return once(what, call);
            } catch (CallFailedException e) {
                Duration pause = retry.backoff().pauseAfter(attempt);
                long elapsed = System.nanoTime() - start + pause.toNanos();
                if (!e.failure().isRetryable() || elapsed > retry.maxElapsed().toNanos()) {
                    throw e;
                }
                observer.retried(e.reason());
                pause(what, pause);
            }
        }
    }

    /** Returns all events of a bounded read. */
    public List<ResolvedEvent> read(String what, Function<EventStoreDBClient, Publisher<ReadMessage>> read) {
        return retrying(what, client -> ReadCollector.collect(read.apply(client)));
    }

    /** Reads the last event of {@code $all}, once. */
    public void ping() {
        once(
                "ping",
                client -> ReadCollector.collect(client.readAllReactive(
                        ReadAllOptions.get().backwards().fromEnd().maxCount(1))));
    }

    private static void pause(String what, Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailedException(what, Failure.REFUSED, e);
        }
    }

    @Override
    public void close() {
        Session session;
        synchronized (lock) {
            closed = true;
            session = current;
            current = null;
        }
        if (session != null) {
            session.lose();
        }
    }
}
