package io.metachat.axon.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import io.metachat.axon.cassandra.connection.BackgroundCassandraConnection;
import io.metachat.axon.cassandra.deadletter.CassandraDeadLetterQueue;
import io.metachat.axon.cassandra.deadletter.DeadLetterLimits;
import io.metachat.axon.cassandra.deadline.CassandraDeadlineManager;
import io.metachat.axon.cassandra.deadline.DeadlineSettings;
import io.metachat.axon.cassandra.kit.DeadLetterQueueContract;
import io.metachat.axon.cassandra.kit.DeadlineManagerContract;
import io.metachat.axon.cassandra.kit.SagaStoreContract;
import io.metachat.axon.cassandra.kit.TokenStoreContract;
import io.metachat.axon.cassandra.saga.CassandraSagaStore;
import io.metachat.axon.cassandra.saga.SagaStartingEvents;
import io.metachat.axon.cassandra.schema.AxonSchema;
import io.metachat.axon.cassandra.schema.SchemaMode;
import io.metachat.axon.cassandra.token.CassandraTokenStore;
import io.metachat.embedded.cassandra.EmbeddedCassandra;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DefaultDeadlineManagerSpanFactory;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.ScopeAware;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.modelling.saga.ResourceInjector;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.tracing.NoOpSpanFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The stores on a keyspace of three replicas, at the default consistency: with all nodes, while one is killed, and then,
 * with all their contracts, on the two that are left.
 */
@Tag("soak")
@Isolated
class ThreeNodesIT {

    private static final String KEYSPACE = "three";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final List<EmbeddedCassandra> nodes = new ArrayList<>();
    private static BackgroundCassandraConnection connection;

    @BeforeAll
    static void startCluster() {
        nodes.add(EmbeddedCassandra.builder().start());
        nodes.add(EmbeddedCassandra.builder().joins(nodes.get(0)).start());
        nodes.add(EmbeddedCassandra.builder().joins(nodes.get(0)).start());
        connection = new BackgroundCassandraConnection(
                        () -> TestStorage.sessionBuilder(nodes.get(0).contactPoint())
                                .addContactPoint(nodes.get(2).contactPoint()),
                        List.of(new AxonSchema(
                                KEYSPACE,
                                Map.of("class", "NetworkTopologyStrategy", EmbeddedCassandra.LOCAL_DATACENTER, "3"),
                                SchemaMode.CREATE,
                                DefaultConsistencyLevel.LOCAL_QUORUM,
                                DefaultConsistencyLevel.LOCAL_SERIAL)),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(1))
                .start();
        await().atMost(PATIENCE).until(() -> connection.isConnected() && nodesUp() == 3);
        await().atMost(PATIENCE).until(() -> connection.session().checkSchemaAgreement());
    }

    @AfterAll
    static void stopCluster() {
        connection.close();
        nodes.forEach(EmbeddedCassandra::close);
    }

    private static long nodesUp() {
        return connection.session().getMetadata().getNodes().values().stream()
                .filter(node -> node.getState() == NodeState.UP)
                .count();
    }

    private static CassandraStorage storage() {
        return new CassandraStorage(connection, KEYSPACE);
    }

    @Test
    void shouldGoOnWithoutOneNodeWaitWithoutTwoAndLoseNothing() throws Exception {
        CassandraTokenStore store =
                new CassandraTokenStore(storage(), TestStorage.serializer(), Duration.ofSeconds(60), "node");
        store.initializeTokenSegments("counted", 1, new GlobalSequenceTrackingToken(0));
        store.fetchToken("counted", 0);
        AtomicLong stored = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writes = writer.submit(() -> {
                while (!done.get()) {
                    try {
                        store.storeToken(new GlobalSequenceTrackingToken(stored.get() + 1), "counted", 0);
                        stored.incrementAndGet();
                    } catch (CassandraUnavailableException e) {
                        failed.incrementAndGet();
                    }
                }
            });
            awaitMore(stored);

            nodes.get(1).kill();
            awaitMore(stored);

            long before = failed.get();
            nodes.get(2).kill();
            await().atMost(PATIENCE).until(() -> failed.get() > before + 5);

            nodes.get(2).start();
            awaitMore(stored);
            done.set(true);
            writes.get();
        } finally {
            writer.shutdownNow();
        }

        System.out.printf("%d tokens stored, %d refused for want of a quorum%n", stored.get(), failed.get());
        assertThat(store.lowestPosition("counted").orElseThrow()).isBetween(stored.get(), stored.get() + failed.get());
    }

    private static void awaitMore(AtomicLong stored) {
        long before = stored.get();
        await().atMost(PATIENCE).until(() -> stored.get() > before + 200);
    }

    @Nested
    class Tokens extends TokenStoreContract {

        @Override
        protected TokenStore storeOf(String node) {
            return new CassandraTokenStore(storage(), TestStorage.serializer(), claimTimeout(), node);
        }

        @Override
        protected Duration claimTimeout() {
            return Duration.ofSeconds(3);
        }
    }

    @Nested
    class Sagas extends SagaStoreContract {

        @Override
        protected SagaStore<Object> store() {
            return new CassandraSagaStore(storage(), TestStorage.serializer(), Duration.ofDays(1));
        }

        @Override
        protected ResourceInjector recording(ResourceInjector injector) {
            return new SagaStartingEvents(injector);
        }
    }

    @Nested
    class DeadLetters extends DeadLetterQueueContract {

        @Override
        protected SequencedDeadLetterQueue<EventMessage<?>> queueOf(String processingGroup, String node) {
            return new CassandraDeadLetterQueue(
                    storage(),
                    processingGroup,
                    TestStorage.serializer(),
                    TestStorage.serializer(),
                    new DeadLetterLimits(100, 20, claim()),
                    node);
        }

        @Override
        protected Duration claim() {
            return Duration.ofSeconds(3);
        }
    }

    @Nested
    class Deadlines extends DeadlineManagerContract {

        @Override
        protected DeadlineManager createNode(String group, String node, ScopeAware component) {
            return new CassandraDeadlineManager(
                    storage(),
                    TestStorage.serializer(),
                    scope -> Stream.of(component),
                    NoTransactionManager.INSTANCE,
                    DefaultDeadlineManagerSpanFactory.builder()
                            .spanFactory(NoOpSpanFactory.INSTANCE)
                            .build(),
                    new DeadlineSettings(
                            group,
                            node,
                            Duration.ofSeconds(10),
                            Duration.ofMillis(500),
                            Duration.ofMillis(500),
                            Duration.ofMinutes(5),
                            2),
                    Clock.systemUTC());
        }

        @Override
        protected void start(DeadlineManager node) {
            ((CassandraDeadlineManager) node).start();
        }
    }
}
