package io.metachat.axon.eventstoredb;

import io.metachat.axon.eventstoredb.kit.ContractSetup;
import io.metachat.axon.eventstoredb.kit.EventStoreContract;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventStoreDbContractTest extends EventStoreContract {

    @RegisterExtension
    static final TestStore STORE = new TestStore();

    private static EventStoreDbConnection connection;

    @BeforeAll
    static void connect() {
        connection = EventStoreDbConnection.open(STORE.connectionString());
    }

    @AfterAll
    static void disconnect() {
        connection.close();
    }

    @Override
    protected EventStore open(ContractSetup setup) {
        return EventStoreDbEventStore.builder()
                .storageEngine(TestEngines.builder(connection, new StreamNames(setup.isolation(), "kit"))
                        .eventTypes(setup.eventTypes())
                        .upcasterChain(setup.upcasters())
                        .build())
                .build();
    }

    @Override
    protected void close(EventStore store) {
        ((EventStoreDbEventStore) store).shutDown();
    }
}
