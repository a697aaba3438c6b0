package io.metachat.axon.eventstoredb.engine;

import com.eventstore.dbclient.EventStoreDBClient;
import io.metachat.axon.eventstoredb.Backoff;
import io.metachat.axon.eventstoredb.EventStoreDbObserver;
import io.metachat.axon.eventstoredb.RetryPolicy;
import io.metachat.axon.eventstoredb.StoreUnavailableException;
import io.metachat.axon.eventstoredb.internal.connection.CallFailedException;
import io.metachat.axon.eventstoredb.internal.connection.Calls;
import io.metachat.axon.eventstoredb.internal.connection.ClientSettings;
import io.metachat.axon.eventstoredb.internal.connection.SubscriptionCalls;
import java.time.Duration;

/**
 * A connection to EventStoreDB that outlives outages.
 *
 * <p>The official client shuts down permanently after a short outage, and closes its only channel under every other call
 * when a single call fails as unavailable. So the client is supervised: it is replaced as a whole on the first failure of
 * its connection, and all calls in flight on it fail. During an outage new clients are tried with back-off, and calls fail
 * fast in between.
 *
 * <p>Thread-safe.
 */
public final class EventStoreDbConnection implements AutoCloseable {

    private final Calls calls;

    private EventStoreDbConnection(Calls calls) {
        this.calls = calls;
    }

    /**
     * Creates a connection; the first call connects.
     *
     * @param connectionString an {@code esdb://} or {@code esdb+discover://} connection string
     * @param callTimeout how long one attempt of a call may take
     * @param retry how often reads, and appends of unknown outcome, are repeated
     * @param reconnect the pauses between attempts to connect
     * @throws IllegalArgumentException when the connection string is malformed
     */
    public static EventStoreDbConnection open(
            String connectionString,
            Duration callTimeout,
            RetryPolicy retry,
            Backoff reconnect,
            EventStoreDbObserver observer) {
        SubscriptionCalls subscriptions = new SubscriptionCalls();
        ClientSettings settings = new ClientSettings(connectionString, subscriptions);
        return new EventStoreDbConnection(new Calls(
                () -> EventStoreDBClient.create(settings.resolve()),
                subscriptions,
                callTimeout,
                retry,
                reconnect,
                observer));
    }

    /** Opens a connection with the timeouts of the auto-configuration's defaults. */
    public static EventStoreDbConnection open(String connectionString) {
        return open(
                connectionString,
                Duration.ofSeconds(5),
                new RetryPolicy(new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1)), Duration.ofSeconds(10)),
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2)),
                EventStoreDbObserver.NONE);
    }

    /**
     * Checks once that the store answers.
     *
     * @throws StoreUnavailableException when it does not
     */
    public void ping() {
        try {
            calls.ping();
        } catch (CallFailedException e) {
            throw new StoreUnavailableException("EventStoreDB does not answer", e);
        }
    }

    Calls calls() {
        return calls;
    }

    @Override
    public void close() {
        calls.close();
    }
}
