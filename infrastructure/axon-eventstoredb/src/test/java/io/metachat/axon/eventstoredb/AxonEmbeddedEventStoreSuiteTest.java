package io.metachat.axon.eventstoredb;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStoreTest;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.utils.EventStoreTestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Axon's own event store, polling, on this engine. */
class AxonEmbeddedEventStoreSuiteTest extends EmbeddedEventStoreTest {

    @RegisterExtension
    static final TestStore STORE = new TestStore();

    private static EventStoreDbConnection connection;

    /** One of the tests allows 100 ms for everything; classes are loaded before it. */
    @BeforeAll
    static void connect() throws InterruptedException {
        connection = EventStoreDbConnection.open(STORE.connectionString());
        EmbeddedEventStore store = EmbeddedEventStore.builder()
                .storageEngine(TestEngines.engine(connection, TestStore.freshNames()))
                .build();
        try (TrackingEventStream stream = store.openStream(null)) {
            for (DomainEventMessage<?> event : EventStoreTestUtils.createEvents(50)) {
                store.publish(event);
                stream.nextAvailable();
            }
        } finally {
            store.shutDown();
        }
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
