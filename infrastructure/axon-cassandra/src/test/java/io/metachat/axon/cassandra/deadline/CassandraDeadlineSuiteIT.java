package io.metachat.axon.cassandra.deadline;

import io.metachat.axon.cassandra.TestStorage;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurationScopeAwareProvider;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineManagerSpanFactory;
import org.axonframework.deadline.DefaultDeadlineManagerSpanFactory;
import org.axonframework.integrationtests.deadline.AbstractDeadlineManagerTestSuite;
import org.axonframework.modelling.saga.SagaScopeDescriptor;
import org.axonframework.serialization.TestSerializer;
import org.axonframework.tracing.NoOpSpanFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** Axon's own shared suite for deadline managers. Alone: it counts in tenths of seconds. */
@Isolated
class CassandraDeadlineSuiteIT extends AbstractDeadlineManagerTestSuite {

    @RegisterExtension
    static final TestStorage CASSANDRA = new TestStorage();

    /** The suite's deadlines are 100 ms away, which is less than the first use of each statement takes. */
    @BeforeAll
    static void warmUp() {
        CassandraDeadlineManager manager = new CassandraDeadlineManager(
                CASSANDRA.storage(),
                TestSerializer.XSTREAM.getSerializer(),
                scope -> Stream.empty(),
                NoTransactionManager.INSTANCE,
                DefaultDeadlineManagerSpanFactory.builder()
                        .spanFactory(NoOpSpanFactory.INSTANCE)
                        .build(),
                new DeadlineSettings("warm-up", "node"),
                Clock.systemUTC());
        SagaScopeDescriptor scope = new SagaScopeDescriptor("saga", "id");
        for (int i = 0; i < 20; i++) {
            manager.schedule(Duration.ofHours(1), "name", "payload", scope);
            manager.cancelAllWithinScope("name", scope);
        }
    }

    /**
     * The clock that tells the manager when a deadline is due is behind the one by which the suite schedules, so that a
     * deadline comes after 700 to 800 ms instead of 100: time enough for the tests that cancel one, on a busy machine too,
     * and soon enough for those that wait for one.
     */
    @Override
    public DeadlineManager buildDeadlineManager(Configuration configuration) {
        return new CassandraDeadlineManager(
                CASSANDRA.storage(),
                TestSerializer.XSTREAM.getSerializer(),
                new ConfigurationScopeAwareProvider(configuration),
                NoTransactionManager.INSTANCE,
                configuration.getComponent(DeadlineManagerSpanFactory.class),
                new DeadlineSettings(UUID.randomUUID().toString(), "node"),
                Clock.offset(Clock.systemUTC(), Duration.ofMillis(-600)));
    }
}
