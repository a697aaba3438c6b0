package io.metachat.axon.eventstoredb.internal.connection;

import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.ReadMessage;
import com.eventstore.dbclient.ResolvedEvent;
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

/** Makes calls on the current session, replaces it when it breaks, and tries again what may be tried again. */
public final class Calls implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(Calls.class);

    /** A server-side deadline is reported this much later at most; without a report the client itself is stuck. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Supplier<EventStoreDBClient> connector;
    private final SubscriptionCalls subscriptionCalls;
    private final Duration timeout;
    private final RetryPolicy retry;
    private final RetryPolicy reconnect;
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
            RetryPolicy reconnect,
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
     * The session to use now; makes a new one when the last one broke and its pause is over.
     *
     * @throws CallFailedException at once, as a lost connection, while pausing or after {@link #close()}
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

    /** Replaces the session, unless that has happened already. */
    public void lost(Session session, Throwable cause) {
        synchronized (lock) {
            if (current != session) {
                return;
            }
            current = null;
            failures++;
            if (failures == 1) {
                logger.warn("The connection to EventStoreDB is lost ({}); a new one is made", Failure.reason(cause));
            }
            // A connection that worked may be worth another try at once: the server restarted, or refused one call.
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
        logger.info("EventStoreDB answers again");
    }

    /** One attempt that nobody waits for; fails when there is no session now. */
    public <T> CompletableFuture<T> async(Function<EventStoreDBClient, CompletableFuture<T>> call) {
        try {
            Session session = session();
            return session.track(call.apply(session.client()));
        } catch (CallFailedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** One attempt, with the configured timeout. */
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
                    // Says nothing about the connection.
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

    /** Attempts until one succeeds, fails for good, or the retry policy's time is over. */
    public <T> T retrying(String what, Function<EventStoreDBClient, CompletableFuture<T>> call) {
        long start = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                return once(what, call);
            } catch (CallFailedException e) {
                Duration pause = retry.pauseAfter(attempt);
                long elapsed = System.nanoTime() - start + pause.toNanos();
                if (!e.failure().isRetryable() || elapsed > retry.maxElapsed().toNanos()) {
                    throw e;
                }
                observer.retried(Failure.reason(e.getCause()));
                pause(what, pause);
            }
        }
    }

    /** All events of a bounded read. */
    public List<ResolvedEvent> read(String what, Function<EventStoreDBClient, Publisher<ReadMessage>> read) {
        return retrying(what, client -> ReadCollector.collect(read.apply(client)));
    }

    /** Asks for the last event of all, once. */
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
