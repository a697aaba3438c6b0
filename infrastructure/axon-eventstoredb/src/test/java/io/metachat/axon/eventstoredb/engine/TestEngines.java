package io.metachat.axon.eventstoredb.engine;

import io.metachat.axon.eventstoredb.EventTypeRegistry;
import io.metachat.axon.eventstoredb.StreamNames;
import java.util.function.UnaryOperator;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/** Engines as an application would build them. */
final class TestEngines {

    static final String TEXT = "test.TextWritten";

    /** Payloads are plain strings, as in Axon's suites. */
    static final EventTypeRegistry TYPES =
            EventTypeRegistry.builder().register(TEXT, 1, String.class).build();

    private TestEngines() {}

    static EventStoreDbEventStorageEngine.Builder builder(EventStoreDbConnection connection, StreamNames names) {
        return EventStoreDbEventStorageEngine.builder()
                .connection(connection)
                .eventTypes(TYPES)
                .eventSerializer(Jackson3Serializer.builder().build())
                .snapshotSerializer(Jackson3Serializer.builder().build())
                .streamNames(names);
    }

    static EventStoreDbEventStorageEngine engine(EventStoreDbConnection connection, StreamNames names) {
        return builder(connection, names).build();
    }

    static EventStoreDbEventStorageEngine engine(
            EventStoreDbConnection connection,
            StreamNames names,
            UnaryOperator<EventStoreDbEventStorageEngine.Builder> customization) {
        return customization.apply(builder(connection, names)).build();
    }
}
