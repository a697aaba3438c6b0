package io.metachat.axon.cassandra;

import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.metachat.axon.cassandra.connection.BackgroundCassandraConnection;
import io.metachat.axon.cassandra.schema.AxonSchema;
import io.metachat.axon.cassandra.schema.SchemaMode;
import io.metachat.embedded.cassandra.EmbeddedCassandra;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** One connection and one keyspace with the schema for all test classes: what they keep has names of its own. */
public final class TestStorage implements BeforeAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(TestStorage.class);

    private final EmbeddedCassandraExtension server = new EmbeddedCassandraExtension();
    private Shared shared;

    /** Closed with the root store, before the server, which has been put there earlier. */
    private record Shared(BackgroundCassandraConnection connection, String keyspace) implements AutoCloseable {

        @Override
        public void close() {
            connection.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server.beforeAll(context);
        shared = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        Shared.class,
                        key -> new Shared(connect(server.contactPoint(), server.keyspace()), server.keyspace()),
                        Shared.class);
    }

    public CassandraStorage storage() {
        return new CassandraStorage(shared.connection(), keyspace());
    }

    public CassandraStorage storage(StatementObserver observer) {
        return new CassandraStorage(
                shared.connection(),
                keyspace(),
                DefaultConsistencyLevel.LOCAL_QUORUM,
                DefaultConsistencyLevel.LOCAL_SERIAL,
                observer);
    }

    public InetSocketAddress contactPoint() {
        return server.contactPoint();
    }

    public String keyspace() {
        return shared.keyspace();
    }

    public CqlSession session() {
        return shared.connection().session();
    }

    public static Serializer serializer() {
        return Jackson3Serializer.builder()
                .jsonMapperBuilderCustomizer(
                        mapper -> mapper.polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                                .allowIfSubType("org.axonframework.")
                                .build()))
                .build();
    }

    public static BackgroundCassandraConnection connect(InetSocketAddress contactPoint, String keyspace) {
        BackgroundCassandraConnection connection = new BackgroundCassandraConnection(
                () -> sessionBuilder(contactPoint),
                List.of(new AxonSchema(
                        keyspace,
                        Map.of("class", "SimpleStrategy", "replication_factor", "1"),
                        SchemaMode.CREATE,
                        DefaultConsistencyLevel.LOCAL_QUORUM,
                        DefaultConsistencyLevel.LOCAL_SERIAL)),
                Duration.ofMillis(100),
                Duration.ofMillis(500));
        connection.start();
        await().atMost(Duration.ofMinutes(2)).until(connection::isConnected);
        return connection;
    }

    public static CqlSessionBuilder sessionBuilder(InetSocketAddress contactPoint) {
        return CqlSession.builder()
                .addContactPoint(contactPoint)
                .withLocalDatacenter(EmbeddedCassandra.LOCAL_DATACENTER)
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                        .withString(DefaultDriverOption.PROTOCOL_VERSION, "V4")
                        .withBoolean(DefaultDriverOption.CONNECTION_WARN_INIT_ERROR, false)
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(10))
                        .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(200))
                        .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(1))
                        .build());
    }
}
