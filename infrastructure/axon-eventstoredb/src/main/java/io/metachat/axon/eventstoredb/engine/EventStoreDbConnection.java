package io.metachat.axon.eventstoredb.engine;

import com.eventstore.dbclient.EventStoreDBClient;
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
 * <p>The official client shuts down for ever after a short outage, and closes its one channel under every other call
 * when a single one fails as unavailable. So the client is supervised: on the first failure of its connection it is
 * replaced as a whole, everything that waited on it is told, and while the store is away new clients are tried with
 * back-off and calls fail fast in between.
 *
 * <p>Opening does not connect; the first call does. Safe for use by any number of threads.
 */
public final class EventStoreDbConnection implements AutoCloseable {

    private final Calls calls;

    private EventStoreDbConnection(Calls calls) {
        this.calls = calls;
    }

    /**
     * @param connectionString an {@code esdb://} or {@code esdb+discover://} connection string
     * @param callTimeout how long one attempt of a call may take
     * @param retry how calls of unknown outcome, and reads, are tried again
     * @param reconnect the pauses between attempts to connect; its total time is not looked at
     * @throws IllegalArgumentException when the connection string cannot be read
     */
    public static EventStoreDbConnection open(
            String connectionString,
            Duration callTimeout,
            RetryPolicy retry,
            RetryPolicy reconnect,
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

    /** With the default times of the auto-configuration. */
    public static EventStoreDbConnection open(String connectionString) {
        return open(
                connectionString,
                Duration.ofSeconds(5),
                new RetryPolicy(Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(10)),
                new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ZERO),
                EventStoreDbObserver.NONE);
    }

    /**
     * Asks the store, once, whether it answers.
     *
     * @throws StoreUnavailableException when it does not
     */
    public void ping() {
        try {
            calls.ping();
        } catch (CallFailedException e) {
            throw new StoreUnavailableException("The store does not answer", e);
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
