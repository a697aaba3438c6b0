package io.metachat.embedded.eventstoredb.contract;

import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBClientSettings;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.EventStoreDBPersistentSubscriptionsClient;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The node that {@code -Dmetachat.eventstore.url} names, or a new embedded one for the class. */
final class NodeUnderTest implements BeforeAllCallback, AfterAllCallback {

    private static final String URL = "metachat.eventstore.url";

    private @Nullable EmbeddedEventStoreDb embedded;
    private @Nullable EventStoreDBClient client;
    private String target = "";

    @Override
    public void beforeAll(ExtensionContext context) {
        String url = System.getProperty(URL, "");
        if (url.isEmpty()) {
            embedded = EmbeddedEventStoreDb.startTemporary();
            url = embedded.connectionString();
        }
        EventStoreDBClientSettings settings = EventStoreDBConnectionString.parseOrThrow(url);
        target = settings.getHosts()[0].getHostString() + ":" + settings.getHosts()[0].getPort();
        client = EventStoreDBClient.create(settings);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        // The node first: the client waits for the subscriptions that a test has left open.
        if (embedded != null) {
            embedded.close();
        }
        if (client != null) {
            client.shutdown().get();
        }
    }

    EventStoreDBClient client() {
        if (client == null) {
            throw new IllegalStateException("not before the first test");
        }
        return client;
    }

    /** Its persistent subscriptions. */
    EventStoreDBPersistentSubscriptionsClient groups() {
        return EventStoreDBPersistentSubscriptionsClient.from(client());
    }

    /** For calls that the client does not make: host and port of a node without TLS. */
    String target() {
        return target;
    }

    /** A stream that no other test and no earlier run has used. */
    static String newStream() {
        return "contract-" + UUID.randomUUID();
    }
}
