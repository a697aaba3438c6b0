package io.metachat.benchmarks.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.api.core.tracker.RequestTracker;
import io.metachat.axon.cassandra.CassandraStorage;
import io.metachat.axon.cassandra.connection.BackgroundCassandraConnection;
import io.metachat.axon.cassandra.schema.AxonSchema;
import io.metachat.axon.cassandra.schema.SchemaMode;
import io.metachat.axon.cassandra.token.CassandraTokenStore;
import io.metachat.embedded.cassandra.EmbeddedCassandra;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** A token store whose driver counts every request that it sends. */
final class CountedTokens implements AutoCloseable {

    private static final String KEYSPACE = "tokens";

    private final AtomicLong requests = new AtomicLong();
    private final BackgroundCassandraConnection connection;

    CountedTokens(EmbeddedCassandra cassandra) {
        connection = new BackgroundCassandraConnection(
                        () -> CqlSession.builder()
                                .addContactPoint(cassandra.contactPoint())
                                .withLocalDatacenter(EmbeddedCassandra.LOCAL_DATACENTER)
                                .addRequestTracker(new Counter())
                                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                                        .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                                        .withString(DefaultDriverOption.PROTOCOL_VERSION, "V4")
                                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(10))
                                        .build()),
                        List.of(new AxonSchema(
                                KEYSPACE,
                                Map.of("class", "SimpleStrategy", "replication_factor", "1"),
                                SchemaMode.CREATE,
                                DefaultConsistencyLevel.LOCAL_QUORUM,
                                DefaultConsistencyLevel.LOCAL_SERIAL)),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1))
                .start()
                .awaitFirstAttempt(Duration.ofMinutes(1));
    }

    TokenStore store() {
        Jackson3Serializer serializer = Jackson3Serializer.builder()
                .jsonMapperBuilderCustomizer(
                        mapper -> mapper.polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                                .allowIfSubType("org.axonframework.")
                                .build()))
                .build();
        return new CassandraTokenStore(
                new CassandraStorage(connection, KEYSPACE), serializer, Duration.ofSeconds(10), "bench");
    }

    long requests() {
        return requests.get();
    }

    @Override
    public void close() {
        connection.close();
    }

    private final class Counter implements RequestTracker {

        @Override
        public void onSuccess(
                Request request, long latencyNanos, DriverExecutionProfile profile, Node node, String logPrefix) {
            requests.incrementAndGet();
        }

        @Override
        public void onError(
                Request request,
                Throwable error,
                long latencyNanos,
                DriverExecutionProfile profile,
                Node node,
                String logPrefix) {
            requests.incrementAndGet();
        }

        @Override
        public void close() {
            // Nothing to release.
        }
    }
}
