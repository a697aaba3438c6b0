package io.metachat.axon.eventstoredb.kit;

import io.metachat.axon.eventstoredb.StreamNames;
import io.metachat.axon.eventstoredb.engine.EventStoreDbConnection;
import io.metachat.axon.eventstoredb.engine.EventStoreDbEventStorageEngine;
import io.metachat.axon.eventstoredb.engine.EventStoreDbEventStore;
import java.util.IdentityHashMap;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/**
 * The contract for a server that a connection string names. Each test writes to streams with a prefix of its own and
 * deletes nothing.
 *
 * <pre>{@code
 * class OurServerTest extends EventStoreDbContract {
 *     @Override
 *     protected String connectionString() {
 *         return "esdb://127.0.0.1:2113?tls=false";
 *     }
 * }
 * }</pre>
 */
public abstract class EventStoreDbContract extends EventStoreContract {

    private final Map<EventStore, EventStoreDbConnection> connections = new IdentityHashMap<>();

    /** Asked for each store that a test opens. */
    protected abstract String connectionString();

    @Override
    protected final EventStore open(ContractSetup setup) {
        EventStoreDbConnection connection = EventStoreDbConnection.open(connectionString());
        Serializer json = Jackson3Serializer.builder().build();
        EventStoreDbEventStore store = EventStoreDbEventStore.builder()
                .storageEngine(EventStoreDbEventStorageEngine.builder()
                        .connection(connection)
                        .eventTypes(setup.eventTypes())
                        .upcasterChain(setup.upcasters())
                        .eventSerializer(json)
                        .snapshotSerializer(json)
                        .streamNames(new StreamNames(setup.isolation(), "kit"))
                        .build())
                .build();
        connections.put(store, connection);
        return store;
    }

    @Override
    protected final void close(EventStore store) {
        EventStoreDbConnection connection = connections.remove(store);
        if (connection == null) {
            throw new IllegalArgumentException("Not a store that this contract has opened");
        }
        ((EventStoreDbEventStore) store).shutDown();
        connection.close();
    }
}
