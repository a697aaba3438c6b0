package io.metachat.axon.eventstoredb.engine;

import java.util.function.UnaryOperator;
import org.axonframework.eventsourcing.eventstore.AbstractEventStorageEngineTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Axon's own suites for storage engines. They publish to several aggregates together, which must be allowed. */
class AxonEventStorageEngineSuiteTest
        extends AbstractEventStorageEngineTest<EventStoreDbEventStorageEngine, EventStoreDbEventStorageEngine.Builder> {

    @RegisterExtension
    static final TestStore STORE = new TestStore();

    private EventStoreDbConnection connection;

    @BeforeEach
    void connect() {
        connection = EventStoreDbConnection.open(STORE.connectionString());
        EventStoreDbEventStorageEngine engine = createEngine();
        setTestSubject(engine);
        setTestSubject(new FirstEventsFirst(engine));
    }

    @AfterEach
    void disconnect() {
        connection.close();
    }

    @Override
    protected EventStoreDbEventStorageEngine createEngine(
            UnaryOperator<EventStoreDbEventStorageEngine.Builder> customization) {
        return TestEngines.engine(
                connection, TestStore.freshNames(), builder -> customization.apply(builder.allowMultipleStreams(true)));
    }
}
