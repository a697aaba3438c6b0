package io.metachat.axon.eventstoredb.kit;

import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Against the server that {@code -Dmetachat.eventstore.url} names, else an embedded one. */
class EventStoreDbContractTest extends EventStoreDbContract {

    private static @Nullable EmbeddedEventStoreDb embedded;
    private static String connectionString = "";

    @BeforeAll
    static void startServer() {
        connectionString = System.getProperty("metachat.eventstore.url", "");
        if (connectionString.isEmpty()) {
            embedded = EmbeddedEventStoreDb.startTemporary();
            connectionString = embedded.connectionString();
        }
    }

    @AfterAll
    static void closeServer() {
        if (embedded != null) {
            embedded.close();
        }
    }

    @Override
    protected String connectionString() {
        return connectionString;
    }
}
