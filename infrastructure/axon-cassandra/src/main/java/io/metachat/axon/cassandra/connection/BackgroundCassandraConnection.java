package io.metachat.axon.cassandra.connection;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.datastax.oss.driver.api.core.metadata.NodeStateListenerBase;
import io.metachat.axon.cassandra.CassandraConnection;
import io.metachat.axon.cassandra.CassandraUnavailableException;
import io.metachat.axon.cassandra.SessionInitializer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.common.Registration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the session on a thread of its own, with exponential back-off between attempts, until it succeeds.
 *
 * <p>Why not the driver's {@code reconnect-on-init}: it retries silently, and hides a wrong data centre or a wrong
 * password as well as an absent server. Here each new reason is logged once and shown by {@link #lastFailure()}.
 */
public final class BackgroundCassandraConnection implements CassandraConnection, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BackgroundCassandraConnection.class);

    private final Supplier<CqlSessionBuilder> builders;
    private final List<SessionInitializer> initializers;
    private final BackOff backOff;
    private final RepeatedReason reasons = new RepeatedReason();
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor connector;

    private final CountDownLatch firstAttempt = new CountDownLatch(1);

    private volatile @Nullable CqlSession session;
    private volatile @Nullable String lastFailure = "no attempt to connect has ended yet";
    private volatile boolean closed;
    private boolean usable;

    /**
     * Creates a connection that does nothing until {@link #start()}.
     *
     * @param builders returns a new session builder for each attempt
     * @param initializers run on each session before callers get it
     * @param minimumBackOff the wait after the first failure
     * @param maximumBackOff the longest wait between two attempts
     */
    public BackgroundCassandraConnection(
            Supplier<CqlSessionBuilder> builders,
            List<SessionInitializer> initializers,
            Duration minimumBackOff,
            Duration maximumBackOff) {
        this.builders = builders;
        this.initializers = List.copyOf(initializers);
        this.backOff = new BackOff(minimumBackOff, maximumBackOff);
        this.connector = new ScheduledThreadPoolExecutor(1, new AxonThreadFactory("cassandra-connection"));
        this.connector.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Begins to connect, and returns immediately. */
    public BackgroundCassandraConnection start() {
        connector.execute(() -> {
            connect(1);
            firstAttempt.countDown();
        });
        return this;
    }

    /**
     * Waits for the end of the first attempt, so that an application starts connected when Cassandra is running.
     *
     * @param limit the longest wait
     * @return this
     */
    public BackgroundCassandraConnection awaitFirstAttempt(Duration limit) {
        try {
            if (!firstAttempt.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                log.info("Still connecting to Cassandra after {}; the start continues", limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return this;
    }

    @Override
    public CqlSession session() {
        CqlSession current = session;
        if (current == null) {
            throw new CassandraUnavailableException(
                    closed
                            ? "The connection to Cassandra is closed"
                            : "Not connected to Cassandra yet: " + lastFailure);
        }
        return current;
    }

    @Override
    public boolean isConnected() {
        CqlSession current = session;
        return current != null && anyNodeUp(current);
    }

    @Override
    public Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    @Override
    public Registration onConnected(Runnable action) {
        actions.add(action);
        if (isConnected()) {
            run(action);
        }
        return () -> actions.remove(action);
    }

    @Override
    public void close() {
        closed = true;
        connector.shutdown();
        CqlSession current = session;
        session = null;
        if (current != null) {
            current.close();
        }
    }

    /** @param attempt the number of this attempt, from 1 */
    private void connect(int attempt) {
        CqlSession candidate = null;
        try {
            candidate = builders.get()
                    .withKeyspace((CqlIdentifier) null)
                    .addNodeStateListener(new UsabilityListener())
                    .build();
            for (SessionInitializer initializer : initializers) {
                initializer.initialize(candidate);
            }
        } catch (RuntimeException e) {
            if (candidate != null) {
                candidate.close();
            }
            retry(e, attempt);
            return;
        }
        session = candidate;
        lastFailure = null;
        if (closed) {
            close();
            return;
        }
        log.info("Connected to Cassandra as session [{}]", candidate.getName());
        checkUsability();
    }

    private void retry(RuntimeException failure, int failures) {
        String reason = Failures.reason(failure);
        if (reasons.isNew(reason)) {
            log.warn("Cannot connect to Cassandra, retrying: {}", reason);
        } else {
            log.debug("Still cannot connect to Cassandra", failure);
        }
        lastFailure = reason;
        try {
            connector.schedule(
                    () -> connect(failures + 1), backOff.after(failures).toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("Closed while connecting", e);
        }
    }

    /** Runs on the connector's thread alone, so that two node events cannot both see the change. */
    private void checkUsability() {
        boolean now = isConnected();
        if (now && !usable) {
            actions.forEach(this::run);
        } else if (!now && usable) {
            log.warn("No node of Cassandra is up");
        }
        usable = now;
    }

    private void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            log.warn("An action on the connection to Cassandra failed", e);
        }
    }

    private static boolean anyNodeUp(CqlSession session) {
        return session.getMetadata().getNodes().values().stream().anyMatch(node -> node.getState() == NodeState.UP);
    }

    private final class UsabilityListener extends NodeStateListenerBase {

        @Override
        public void onUp(Node node) {
            recheck();
        }

        @Override
        public void onDown(Node node) {
            recheck();
        }

        @Override
        public void close() {
            // Nothing to release; the override keeps the base's wider exception out.
        }

        private void recheck() {
            if (!closed) {
                try {
                    connector.execute(BackgroundCassandraConnection.this::checkUsability);
                } catch (RejectedExecutionException e) {
                    log.debug("Closed while a node changed its state", e);
                }
            }
        }
    }
}
