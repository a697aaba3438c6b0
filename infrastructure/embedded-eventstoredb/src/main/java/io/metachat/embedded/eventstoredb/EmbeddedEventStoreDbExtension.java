package io.metachat.embedded.eventstoredb;

import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Provides a server to a test class, started before its first test and closed after its last one. Tests take the {@link
 * EmbeddedEventStoreDb} (to restart it, to kill it, to inject faults) or a connected {@link EventStoreDBClient} as
 * parameters.
 *
 * <pre>{@code
 * @ExtendWith(EmbeddedEventStoreDbExtension.class)
 * class OrdersTest {
 *     @Test
 *     void shouldSurviveARestart(EmbeddedEventStoreDb server, EventStoreDBClient client) { … }
 * }
 * }</pre>
 */
public final class EmbeddedEventStoreDbExtension implements BeforeAllCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(EmbeddedEventStoreDbExtension.class);

    private final EventStoreDbOptions options;

    /** Creates a server with temporary data on a free port. */
    public EmbeddedEventStoreDbExtension() {
        this(EventStoreDbOptions.defaults());
    }

    /** Creates a server with other options; register the extension as a static field. */
    public EmbeddedEventStoreDbExtension(EventStoreDbOptions options) {
        this.options = options;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(NAMESPACE).put(Running.class, new Running(EmbeddedEventStoreDb.start(options)));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == EmbeddedEventStoreDb.class || type == EventStoreDBClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = context.getStore(NAMESPACE).get(Running.class, Running.class);
        if (running == null) {
            throw new ParameterResolutionException("the extension must be registered for the whole class");
        }
        return parameter.getParameter().getType() == EmbeddedEventStoreDb.class ? running.server : running.client;
    }

    /** JUnit closes the resources in its store at the end. */
    private static final class Running implements AutoCloseable {
        private final EmbeddedEventStoreDb server;
        private final EventStoreDBClient client;

        private Running(EmbeddedEventStoreDb server) {
            this.server = server;
            client = EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(server.connectionString()));
        }

        @Override
        public void close() {
            client.shutdown().join();
            server.close();
        }
    }
}
