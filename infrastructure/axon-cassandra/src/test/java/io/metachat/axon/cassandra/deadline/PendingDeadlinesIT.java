package io.metachat.axon.cassandra.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.metachat.axon.cassandra.TestStorage;
import io.metachat.axon.cassandra.connection.Serialization;
import io.metachat.axon.cassandra.connection.Serialization.Serialized;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.deadline.DefaultDeadlineManagerSpanFactory;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.ScopeAware;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.modelling.saga.SagaScopeDescriptor;
import org.axonframework.tracing.NoOpSpanFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Deadlines come in time, and cost what they cost, however many others are pending. What is counted is what the server is
 * asked, which is the same with none and with many.
 */
class PendingDeadlinesIT {

    @RegisterExtension
    static final TestStorage CASSANDRA = new TestStorage();

    private static final int THIRTY_DAYS_SECONDS = 2_592_000;
    private static final int BATCH = 20;
    private static final int IN_FLIGHT = 32;
    private static final int DUE = 20;

    private final String group = UUID.randomUUID().toString();
    private final Serialization serialization = new Serialization(TestStorage.serializer());

    @Test
    void shouldAskNoMoreWithThousandsPending() throws Exception {
        shouldAskNoMoreWithPending(2_000);
    }

    @Test
    @Tag("soak")
    void shouldAskNoMoreWithAMillionPending() throws Exception {
        shouldAskNoMoreWithPending(Integer.getInteger("pending.deadlines", 1_000_000));
    }

    private void shouldAskNoMoreWithPending(int pending) throws Exception {
        Asked alone = askedFor(DUE);
        fill(pending);
        Asked amongMany = askedFor(DUE);

        System.out.printf(
                "%d deadlines: latest %d ms late alone, %d ms late among %d; statements %s, %s; rows of a read at most %s%n",
                DUE,
                alone.latest.toMillis(),
                amongMany.latest.toMillis(),
                pending,
                alone.statements,
                amongMany.statements,
                ofDeadlineTables("rows_per_read", "max"));
        // Not the very same: a sweep can come across a deadline that is just being delivered.
        assertThat(amongMany.statements).isLessThan(alone.statements * 2);
        assertThat(amongMany.latest).isLessThan(Duration.ofSeconds(5));
        assertThat(ofDeadlineTables("coordinator_read_latency", "count").values())
                .anyMatch(reads -> reads > DUE);
        assertThat(ofDeadlineTables("coordinator_scan_latency", "count").values())
                .allMatch(scans -> scans == 0);
        assertThat(ofDeadlineTables("rows_per_read", "max").values()).allMatch(rows -> rows < 1_000);
    }

    /** As the server itself has counted. */
    private static Map<String, Double> ofDeadlineTables(String view, String column) {
        Map<String, Double> values = new TreeMap<>();
        CASSANDRA.session().execute("SELECT * FROM system_views." + view).forEach(row -> {
            String table = row.getString("table_name");
            if (CASSANDRA.keyspace().equals(row.getString("keyspace_name")) && table.startsWith("deadline")) {
                values.put(table, ((Number) row.getObject(column)).doubleValue());
            }
        });
        return values;
    }

    /** What some deadlines cost that are scheduled, cancelled or delivered; sweeps, which go by the clock, apart. */
    private record Asked(int statements, Duration latest) {}

    private Asked askedFor(int deadlines) {
        AtomicInteger statements = new AtomicInteger();
        Component component = new Component();
        CassandraDeadlineManager manager = new CassandraDeadlineManager(
                CASSANDRA.storage((operation, outcome, duration) -> {
                    if (!operation.startsWith("deadline.sw")) {
                        statements.incrementAndGet();
                    }
                }),
                TestStorage.serializer(),
                scope -> Stream.of(component),
                NoTransactionManager.INSTANCE,
                DefaultDeadlineManagerSpanFactory.builder()
                        .spanFactory(NoOpSpanFactory.INSTANCE)
                        .build(),
                new DeadlineSettings(
                        group,
                        "node",
                        Duration.ofSeconds(30),
                        Duration.ofMillis(500),
                        Duration.ofMillis(500),
                        Duration.ofMinutes(5),
                        4),
                Clock.systemUTC());
        manager.start();
        try {
            for (int i = 0; i < deadlines; i++) {
                ScopeDescriptor scope = scope(group + "/" + i);
                manager.schedule(Duration.ofHours(1), "cancelled", "payload", scope);
                manager.cancelAllWithinScope("cancelled", scope);
                Instant due = Instant.now().plusMillis(300);
                manager.schedule(due, "due", due.toString(), scope);
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> component.lateness.size() == deadlines);
        } finally {
            manager.shutdown();
        }
        return new Asked(
                statements.get(),
                component.lateness.stream().max(Duration::compareTo).orElseThrow());
    }

    /**
     * Over the next thirty days, as many people at once would. Written in batches, for a million that are scheduled one by
     * one take a quarter of an hour; a sample shows that what is written is what scheduling writes.
     */
    private void fill(int deadlines) throws InterruptedException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        CqlSession session = CASSANDRA.session();
        PreparedStatement row =
                session.prepare(in("UPDATE ks.deadline USING TIMESTAMP 1 SET name = 'due', generation = 0,"
                        + " scope = ?, scope_type = ?, due = ?, payload = ?, payload_type = ?, metadata = ?, metadata_type = ?"
                        + " WHERE deadline_id = ?"));
        PreparedStatement due = session.prepare(in("INSERT INTO ks.deadline_due (deadline_group, minute, shard, due,"
                + " deadline_id) VALUES (?, ?, ?, ?, ?) USING TIMESTAMP 1"));
        PreparedStatement inScope =
                session.prepare(in("INSERT INTO ks.deadline_in_scope (deadline_group, name, scope_type,"
                        + " scope, deadline_id) VALUES (?, 'due', ?, ?, ?) USING TIMESTAMP 1"));
        Serialized payload = serialization.write("payload");
        Serialized metadata = serialization.write(MetaData.emptyInstance());
        // A batch of several partitions is warned of, each time.
        DriverExecutionProfile quiet = session.getContext()
                .getConfig()
                .getDefaultProfile()
                .withBoolean(DefaultDriverOption.REQUEST_LOG_WARNINGS, false);
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        Queue<BatchStatement> late = new ConcurrentLinkedQueue<>();
        for (int first = 0; first < deadlines; first += BATCH) {
            BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
            for (int number = first; number < Math.min(deadlines, first + BATCH); number++) {
                String id = id(number);
                Serialized scope = serialization.write(scope("pending-" + number));
                Instant time = time(now, number);
                batch.addStatement(row.bind(
                        scope.data(),
                        scope.type(),
                        time,
                        payload.data(),
                        payload.type(),
                        metadata.data(),
                        metadata.type(),
                        id));
                batch.addStatement(
                        due.bind(group, time.getEpochSecond() / 60, Math.floorMod(id.hashCode(), 4), time, id));
                batch.addStatement(inScope.bind(group, scope.type(), scope.data(), id));
            }
            inFlight.acquire();
            BatchStatement filled = batch.setExecutionProfile(quiet).build();
            session.executeAsync(filled).whenComplete((result, failure) -> {
                if (failure != null) {
                    late.add(filled);
                }
                inFlight.release();
            });
        }
        inFlight.acquire(IN_FLIGHT);
        // A machine that is busy otherwise lets some time out; they say the same when they are sent again.
        late.forEach(session::execute);
        assertThatIsPending(deadlines / 2, now);
    }

    private void assertThatIsPending(int number, Instant now) {
        DeadlineTables tables = new DeadlineTables(CASSANDRA.storage(), group);
        Instant time = time(now, number);
        assertThat(tables.read(id(number))).isInstanceOf(DeadlineState.Pending.class);
        assertThat(tables.inScope("due", serialization.write(scope("pending-" + number))))
                .containsExactly(id(number));
        assertThat(tables.due(LongStream.of(time.getEpochSecond() / 60), time, time.plusMillis(1)))
                .extracting(DueDeadline::id)
                .contains(id(number));
    }

    private String id(int number) {
        return group + "-" + number;
    }

    /** None is due before the test has ended: filling takes minutes. */
    private static Instant time(Instant now, int number) {
        return now.plus(Duration.ofHours(1)).plusSeconds(number % THIRTY_DAYS_SECONDS);
    }

    private static String in(String statement) {
        return statement.replace(" ks.", " " + CASSANDRA.keyspace() + ".");
    }

    private static ScopeDescriptor scope(String saga) {
        return new SagaScopeDescriptor("Saga", saga);
    }

    /** Notes how late each deadline comes. */
    private static final class Component implements ScopeAware {

        private final List<Duration> lateness = new CopyOnWriteArrayList<>();

        @Override
        public void send(Message<?> message, ScopeDescriptor scope) {
            lateness.add(Duration.between(Instant.parse((String) message.getPayload()), Instant.now()));
        }

        @Override
        public boolean canResolve(ScopeDescriptor scope) {
            return true;
        }
    }
}
