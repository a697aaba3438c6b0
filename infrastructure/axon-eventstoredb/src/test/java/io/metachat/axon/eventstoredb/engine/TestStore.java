package io.metachat.axon.eventstoredb.engine;

import io.metachat.axon.eventstoredb.StreamNames;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server for the tests of one class: the one that {@code -Dmetachat.eventstore.url} names, else an embedded one. Tests
 * are isolated by stream prefixes.
 */
final class TestStore implements BeforeAllCallback, AfterAllCallback {

    private @Nullable EmbeddedEventStoreDb embedded;
    private String connectionString = "";

    @Override
    public void beforeAll(ExtensionContext context) {
        String url = System.getProperty("metachat.eventstore.url", "");
        if (url.isEmpty()) {
            embedded = EmbeddedEventStoreDb.startTemporary();
            connectionString = embedded.connectionString();
        } else {
            connectionString = url;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (embedded != null) {
            embedded.close();
        }
    }

    String connectionString() {
        return connectionString;
    }

    /** Returns stream names that no other test uses. */
    static StreamNames freshNames() {
        return new StreamNames("t" + UUID.randomUUID().toString().substring(0, 8) + "-", "test");
    }
}
