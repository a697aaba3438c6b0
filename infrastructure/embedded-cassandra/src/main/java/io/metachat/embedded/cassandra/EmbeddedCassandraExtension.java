package io.metachat.embedded.cassandra;

import java.net.InetSocketAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One Cassandra for all test classes of a JVM, with a separate keyspace for each class.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();
 * }</pre>
 *
 * <p>A test that stops or kills a server must start its own with {@link EmbeddedCassandra#builder()}.
 */
public final class EmbeddedCassandraExtension implements BeforeAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(EmbeddedCassandraExtension.class);

    private @Nullable EmbeddedCassandra server;
    private @Nullable String keyspace;

    @Override
    public void beforeAll(ExtensionContext context) {
        // JUnit closes the root store, and thus the server, after the last test of this JVM.
        EmbeddedCassandra shared = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        EmbeddedCassandra.class,
                        key -> EmbeddedCassandra.builder().schemaOutlives(false).start(),
                        EmbeddedCassandra.class);
        String fresh = "test_" + UUID.randomUUID().toString().replace("-", "");
        shared.execute("CREATE KEYSPACE " + fresh
                + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
        server = shared;
        keyspace = fresh;
    }

    public EmbeddedCassandra server() {
        return started(server);
    }

    public InetSocketAddress contactPoint() {
        return server().contactPoint();
    }

    /** Returns the test class's own keyspace, which is empty at first. */
    public String keyspace() {
        return started(keyspace);
    }

    private static <T> T started(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("Cassandra is not available before beforeAll");
        }
        return value;
    }
}
