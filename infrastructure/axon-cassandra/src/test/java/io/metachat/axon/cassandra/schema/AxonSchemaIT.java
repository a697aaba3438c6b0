package io.metachat.axon.cassandra.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import io.metachat.axon.cassandra.CassandraStorage;
import io.metachat.axon.cassandra.TestStorage;
import io.metachat.axon.cassandra.deadletter.CassandraDeadLetterQueue;
import io.metachat.axon.cassandra.deadletter.DeadLetterLimits;
import io.metachat.axon.cassandra.saga.CassandraSagaStore;
import io.metachat.axon.cassandra.token.CassandraTokenStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValuesImpl;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keyspaces that have the schema in an earlier version, in a later one, or not at all. */
class AxonSchemaIT {

    @RegisterExtension
    static final TestStorage CASSANDRA = new TestStorage();

    private static final int APPLICATIONS = 4;

    private final String keyspace = "schema_" + UUID.randomUUID().toString().replace("-", "");
    private CqlSession session;

    @BeforeEach
    void createKeyspace() {
        session = CASSANDRA.session();
        session.execute("CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"
                .formatted(keyspace));
    }

    @Test
    void shouldBringTheFirstVersionUpToDateAndKeepWhatIsInIt() {
        stored("1");
        execute("INSERT INTO %s.about (name, value) VALUES ('storage-identifier', 'given')");
        execute("CREATE TABLE %s.saga (saga_type text, saga_id text, revision bigint, change uuid, payload blob,"
                + " payload_type text, payload_revision text, associations set<frozen<tuple<text, text>>>,"
                + " PRIMARY KEY ((saga_type, saga_id)))");
        execute("INSERT INTO %s.saga (saga_type, saga_id, revision, payload, payload_type, associations)"
                + " VALUES ('TYPE', 's-1', 7, STATE, 'TYPE', {('order', 'o-1')})"
                        .replace("TYPE", Order.class.getName())
                        .replace("STATE", blob("{\"number\":3}")));

        schema(SchemaMode.CREATE).initialize(session);
        schema(SchemaMode.CREATE).initialize(session);
        schema(SchemaMode.CHECK).initialize(session);

        CassandraStorage storage = new CassandraStorage(CASSANDRA.storage().connection(), keyspace);
        CassandraSagaStore sagas = new CassandraSagaStore(storage, TestStorage.serializer(), Duration.ofDays(1));
        SagaStore.Entry<Order> order = sagas.loadSaga(Order.class, "s-1");
        assertThat(order.saga().getNumber()).isEqualTo(3);
        assertThat(order.associationValues()).containsExactly(new AssociationValue("order", "o-1"));
        order.saga().setNumber(4);
        sagas.updateSaga(Order.class, "s-1", order.saga(), new AssociationValuesImpl(order.associationValues()));
        assertThat(sagas.<Order>loadSaga(Order.class, "s-1").saga().getNumber()).isEqualTo(4);
        assertThat(new CassandraTokenStore(storage, TestStorage.serializer(), Duration.ofSeconds(2), "node")
                        .retrieveStorageIdentifier())
                .hasValue("given");
    }

    @Test
    void shouldLetSeveralApplicationsBringItUpToDateAtOnce() {
        stored("1");
        execute("CREATE TABLE %s.saga (saga_type text, saga_id text, revision bigint, change uuid, payload blob,"
                + " payload_type text, payload_revision text, associations set<frozen<tuple<text, text>>>,"
                + " PRIMARY KEY ((saga_type, saga_id)))");
        initializeTogether();
    }

    private void initializeTogether() {
        CyclicBarrier together = new CyclicBarrier(APPLICATIONS);
        ExecutorService applications = Executors.newFixedThreadPool(APPLICATIONS);
        try {
            List<CompletableFuture<Void>> starts = Stream.generate(() -> CompletableFuture.runAsync(
                            () -> {
                                await(together);
                                schema(SchemaMode.CREATE).initialize(session);
                                schema(SchemaMode.CHECK).initialize(session);
                            },
                            applications))
                    .limit(APPLICATIONS)
                    .toList();

            assertThat(starts).allSatisfy(start -> assertThat(start).succeedsWithin(Duration.ofMinutes(1)));
        } finally {
            applications.shutdownNow();
        }
        schema(SchemaMode.CHECK).initialize(session);
    }

    @Test
    void shouldKeepTheDeadLettersOfTheSecondVersion() {
        secondVersion();
        parkAsTheSecondVersionDid("failing", "first", "second");
        parkAsTheSecondVersionDid("discarded", "third");

        schema(SchemaMode.CREATE).initialize(session);
        schema(SchemaMode.CHECK).initialize(session);

        CassandraDeadLetterQueue queue = queue();
        assertThat(queue.amountOfSequences()).isEqualTo(2);
        assertThat(payloads(queue, "failing")).containsExactly("first", "second");
        assertThat(queue.enqueueIfPresent("failing", () -> new GenericDeadLetter<>("failing", event("later"))))
                .isTrue();
        assertThat(queue.enqueueIfPresent("another", () -> new GenericDeadLetter<>("another", event("later"))))
                .isFalse();
        queue.evict(queue.deadLetterSequence("discarded").iterator().next());
        List<Object> handled = new ArrayList<>();
        assertThat(queue.process(letter -> {
                    handled.add(letter.message().getPayload());
                    return Decisions.evict();
                }))
                .isTrue();
        assertThat(handled).containsExactly("first", "second", "later");
        assertThat(queue.amountOfSequences()).isZero();
        assertThat(rows("dead_letter_sequence")).isZero();
        queue.enqueue("failing", new GenericDeadLetter<>("failing", event("again"), new IllegalStateException()));
        assertThat(payloads(queue, "failing")).containsExactly("again");
    }

    @Test
    void shouldCompleteAnUpgradeThatWasInterrupted() {
        secondVersion();
        parkAsTheSecondVersionDid("failing", "first");
        execute("ALTER TABLE %s.dead_letter ADD incarnation uuid static");
        execute("ALTER TABLE %s.dead_letter_sequence RENAME life TO incarnation");

        schema(SchemaMode.CREATE).initialize(session);

        CassandraDeadLetterQueue queue = queue();
        assertThat(queue.process(letter -> Decisions.evict())).isTrue();
        assertThat(rows("dead_letter_sequence")).isZero();
    }

    @Test
    void shouldKeepLettersWhenSeveralApplicationsUpgradeTheSecondVersionAtOnce() {
        secondVersion();
        IntStream.range(0, 20).forEach(i -> parkAsTheSecondVersionDid("sequence-" + i, "event-" + i));

        initializeTogether();

        CassandraDeadLetterQueue queue = queue();
        assertThat(queue.size()).isEqualTo(20);
        while (queue.process(letter -> Decisions.evict())) {
            // Each call processes one sequence.
        }
        assertThat(rows("dead_letter_sequence")).isZero();
    }

    private void secondVersion() {
        AxonSchema.statements("/schema/version-2.cql")
                .forEach(statement -> session.execute(statement.replace(" ks.", " " + keyspace + ".")));
        execute("UPDATE %s.about SET value = '2' WHERE name = 'schema-version' IF value = null");
    }

    /** The statements of version 2, with the values that its code bound to them. */
    private void parkAsTheSecondVersionDid(String sequence, String... payloads) {
        UUID life = UUID.randomUUID();
        execute("INSERT INTO %s.dead_letter_sequence (processing_group, sequence_id, life) VALUES ('orders', '"
                + sequence + "', " + life + ")");
        for (int index = 0; index < payloads.length; index++) {
            execute("""
                    BEGIN UNLOGGED BATCH
                    INSERT INTO %s.dead_letter (processing_group, sequence_id, letter_index, message_id, message_kind,
                    message_time, payload, payload_type, metadata, metadata_type, cause_type, cause_message, diagnostics,
                    diagnostics_type, enqueued_at, last_touched) VALUES ('orders', 'SEQUENCE', INDEX, 'MESSAGE', 'EVENT',
                    '2026-11-30T10:00:00Z', PAYLOAD, 'java.lang.String', EMPTY, 'org.axonframework.messaging.MetaData',
                    'java.lang.IllegalStateException', 'cause', EMPTY, 'org.axonframework.messaging.MetaData',
                    '2026-11-30T10:00:00Z', '2026-11-30T10:00:00Z');
                    UPDATE %s.dead_letter SET life = LIFE, letters = NEXT, next_index = NEXT,
                    messages = messages + {'MESSAGE': INDEX}
                    WHERE processing_group = 'orders' AND sequence_id = 'SEQUENCE' IF letters = LETTERS;
                    APPLY BATCH""".replace("SEQUENCE", sequence)
                    .replace("MESSAGE", sequence + "-" + payloads[index])
                    .replace("INDEX", Integer.toString(index))
                    .replace("NEXT", Integer.toString(index + 1))
                    .replace("LETTERS", index == 0 ? "null" : Integer.toString(index))
                    .replace("LIFE", life.toString())
                    .replace("PAYLOAD", blob("\"" + payloads[index] + "\""))
                    .replace("EMPTY", blob("{}")));
        }
    }

    private CassandraDeadLetterQueue queue() {
        return new CassandraDeadLetterQueue(
                new CassandraStorage(CASSANDRA.storage().connection(), keyspace),
                "orders",
                TestStorage.serializer(),
                TestStorage.serializer(),
                new DeadLetterLimits(100, 100, Duration.ofSeconds(30)),
                "node");
    }

    private static EventMessage<?> event(String payload) {
        return GenericEventMessage.asEventMessage(payload);
    }

    private static List<Object> payloads(CassandraDeadLetterQueue queue, String sequence) {
        List<Object> payloads = new ArrayList<>();
        queue.deadLetterSequence(sequence)
                .forEach(letter -> payloads.add(letter.message().getPayload()));
        return payloads;
    }

    private long rows(String table) {
        return session.execute("SELECT COUNT(*) FROM %s.%s".formatted(keyspace, table))
                .one()
                .getLong(0);
    }

    private static void await(CyclicBarrier together) {
        try {
            together.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldOnlySayWhatIsWrongWhenItOnlyChecks() {
        stored("1");

        assertThatIllegalStateException()
                .isThrownBy(() -> schema(SchemaMode.CHECK).initialize(session))
                .withMessageContaining("[%s] has version 1", keyspace)
                .withMessageContaining("axon.cassandra.schema=create");
        assertThat(tables()).containsExactly("about");
    }

    @Test
    void shouldNotTouchALaterVersion() {
        stored("99");

        assertThatIllegalStateException()
                .isThrownBy(() -> schema(SchemaMode.CREATE).initialize(session))
                .withMessageContaining("[%s] has version 99", keyspace);
        assertThatIllegalStateException()
                .isThrownBy(() -> schema(SchemaMode.CHECK).initialize(session))
                .withMessageContaining("[%s] has version 99", keyspace);
        assertThat(tables()).containsExactly("about");
    }

    @Test
    void shouldDoNothingWhenItIsOff() {
        schema(SchemaMode.NONE).initialize(session);

        assertThat(tables()).isEmpty();
    }

    private AxonSchema schema(SchemaMode mode) {
        return new AxonSchema(
                keyspace,
                Map.of("class", "SimpleStrategy", "replication_factor", "1"),
                mode,
                DefaultConsistencyLevel.LOCAL_QUORUM,
                DefaultConsistencyLevel.LOCAL_SERIAL);
    }

    private void stored(String version) {
        execute("CREATE TABLE %s.about (name text PRIMARY KEY, value text)");
        execute("UPDATE %s.about SET value = '" + version + "' WHERE name = 'schema-version' IF value = null");
    }

    private void execute(String statement) {
        session.execute(statement.replace("%s.", keyspace + "."));
    }

    private List<String> tables() {
        return session
                .execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = '%s'".formatted(keyspace))
                .all()
                .stream()
                .map(row -> row.getString("table_name"))
                .toList();
    }

    private static String blob(String text) {
        StringBuilder hexadecimal = new StringBuilder("0x");
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            hexadecimal.append("%02x".formatted(each));
        }
        return hexadecimal.toString();
    }

    /** A saga of the first version. */
    public static class Order {

        private int number;

        public Order() {}

        public int getNumber() {
            return number;
        }

        public void setNumber(int number) {
            this.number = number;
        }
    }
}
