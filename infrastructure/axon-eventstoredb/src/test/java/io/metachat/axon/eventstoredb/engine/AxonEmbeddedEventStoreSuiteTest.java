package io.metachat.axon.eventstoredb.engine;

import org.axonframework.eventsourcing.eventstore.EmbeddedEventStoreTest;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Axon's own event store, polling, on this engine. */
class AxonEmbeddedEventStoreSuiteTest extends EmbeddedEventStoreTest {

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
    public EventStorageEngine createStorageEngine() {
        return TestEngines.engine(connection, TestStore.freshNames());
    }
}
