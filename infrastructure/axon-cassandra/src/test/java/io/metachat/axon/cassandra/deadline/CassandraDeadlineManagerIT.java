package io.metachat.axon.cassandra.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.metachat.axon.cassandra.CassandraStorage;
import io.metachat.axon.cassandra.TestStorage;
import io.metachat.axon.cassandra.connection.Serialization;
import io.metachat.axon.cassandra.kit.DeadlineManagerContract;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DefaultDeadlineManagerSpanFactory;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.ScopeAware;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.modelling.saga.SagaScopeDescriptor;
import org.axonframework.tracing.NoOpSpanFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CassandraDeadlineManagerIT extends DeadlineManagerContract {

    private static final ScopeDescriptor SCOPE = new SagaScopeDescriptor("Saga", "s-1");

    @RegisterExtension
    static final TestStorage CASSANDRA = new TestStorage();

    @Override
    protected DeadlineManager createNode(String group, String node, ScopeAware component) {
        return manager(CASSANDRA.storage(), settings(group, node), component);
    }

    @Override
    protected void start(DeadlineManager node) {
        ((CassandraDeadlineManager) node).start();
    }

    @Test
    void shouldDeliverWhatADeadNodeHasClaimedAfterItsLease() {
        String group = UUID.randomUUID().toString();
        Deliveries deliveries = new Deliveries();
        CassandraDeadlineManager node = manager(CASSANDRA.storage(), settings(group, "node"), deliveries);
        Instant due = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
        String id = node.schedule(due, "name", "payload", SCOPE);
        Instant claimed = Instant.now();
        assertThat(new DeadlineTables(CASSANDRA.storage(), group)
                        .claim(new DueDeadline(id, 0, due), "dead", Duration.ofSeconds(3)))
                .isTrue();

        node.start();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(deliveries.identifiers).containsExactly(id));
        assertThat(Duration.between(claimed, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
        node.shutdown();
    }

    @Test
    void shouldCancelAllOfANameInAsManyRoundTripsWhateverTheirNumber() {
        List<String> operations = new ArrayList<>();
        String group = UUID.randomUUID().toString();
        CassandraDeadlineManager node = manager(
                CASSANDRA.storage((operation, outcome, duration) -> operations.add(operation)),
                settings(group, "node"),
                new Deliveries());
        for (int i = 0; i < 50; i++) {
            node.schedule(Duration.ofHours(1), "name", i, SCOPE);
        }
        operations.clear();

        node.cancelAll("name");

        assertThat(operations).containsExactly("deadline.name", "deadline.name");
    }

    @Test
    void shouldLeaveNoEntryBehind() {
        String group = UUID.randomUUID().toString();
        Deliveries deliveries = new Deliveries();
        CassandraDeadlineManager node = manager(CASSANDRA.storage(), settings(group, "node"), deliveries);
        node.schedule(Duration.ofMillis(200), "name", "delivered", SCOPE);
        node.cancelSchedule("name", node.schedule(Duration.ofMillis(200), "name", "cancelled", SCOPE));
        node.schedule(Duration.ofMillis(200), "other", "cancelled by name", SCOPE);
        node.cancelAll("other");
        node.start();
        long now = Instant.now().getEpochSecond() / 60;
        DeadlineTables tables = new DeadlineTables(CASSANDRA.storage(), group);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(deliveries.identifiers).hasSize(1);
            assertThat(StreamSupport.stream(
                            tables.due(
                                            LongStream.rangeClosed(now - 1, now + 2),
                                            Instant.EPOCH,
                                            Instant.now().plusSeconds(3600))
                                    .spliterator(),
                            false))
                    .isEmpty();
            assertThat(tables.inScope("name", new Serialization(TestStorage.serializer()).write(SCOPE)))
                    .isEmpty();
        });
        node.shutdown();
    }

    private static DeadlineSettings settings(String group, String node) {
        return new DeadlineSettings(
                group,
                node,
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                Duration.ofMillis(500),
                Duration.ofMinutes(5),
                2);
    }

    private static CassandraDeadlineManager manager(
            CassandraStorage storage, DeadlineSettings settings, ScopeAware component) {
        return new CassandraDeadlineManager(
                storage,
                TestStorage.serializer(),
                scope -> Stream.of(component),
                NoTransactionManager.INSTANCE,
                DefaultDeadlineManagerSpanFactory.builder()
                        .spanFactory(NoOpSpanFactory.INSTANCE)
                        .build(),
                settings,
                Clock.systemUTC());
    }

    private static final class Deliveries implements ScopeAware {

        private final List<String> identifiers = new CopyOnWriteArrayList<>();

        @Override
        public void send(Message<?> message, ScopeDescriptor scope) {
            identifiers.add(message.getIdentifier());
        }

        @Override
        public boolean canResolve(ScopeDescriptor scope) {
            return true;
        }
    }
}
