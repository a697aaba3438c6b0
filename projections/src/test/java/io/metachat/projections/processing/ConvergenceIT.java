package io.metachat.projections.processing;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.axon.cassandra.CassandraUnavailableException;
import io.metachat.domain.user.event.UserForgotten;
import io.metachat.embedded.cassandra.EmbeddedCassandra;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.metachat.projections.ProjectionProperties;
import io.metachat.projections.TestProperties;
import io.metachat.projections.entry.EntryProjection;
import io.metachat.projections.history.RandomHistory;
import io.metachat.projections.history.StoredEvent;
import io.metachat.projections.match.MatchProjection;
import io.metachat.projections.mood.MoodProjection;
import io.metachat.projections.session.SessionProjection;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.Table;
import io.metachat.projections.table.TableSession;
import io.metachat.projections.table.TableSessions;
import io.metachat.projections.table.TableWrite;
import io.metachat.projections.table.TableWriter;
import io.metachat.projections.user.UserProjection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a history arrives, every table ends as after a straight run: rows, columns and their timestamps. */
class ConvergenceIT {

    @RegisterExtension
    static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();

    private static final List<Projection> PROJECTIONS = List.of(
            EntryProjection.entries(),
            MoodProjection.moods(),
            SessionProjection.sessions(),
            UserProjection.users(),
            MatchProjection.matches());

    private static CqlSession cassandra;
    private static ProjectionProperties properties;
    private static TableSession tables;
    private static int versions;

    @BeforeAll
    static void connect() {
        cassandra = CqlSession.builder()
                .addContactPoint(CASSANDRA.contactPoint())
                .withLocalDatacenter(EmbeddedCassandra.LOCAL_DATACENTER)
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                        .build())
                .build();
        properties = TestProperties.in(CASSANDRA.keyspace());
        tables = TableSessions.on(cassandra, properties);
    }

    @AfterAll
    static void disconnect() {
        cassandra.close();
        // Many tables at once are more than the small server of all test classes can hold.
        CASSANDRA.server().execute("DROP KEYSPACE " + CASSANDRA.keyspace());
    }

    @Test
    void shouldEndTheSameHoweverEventsArrive() {
        assertConvergence(20260101, 400);
    }

    @Tag("soak")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void shouldEndTheSameHoweverMoreEventsArrive(long seed) {
        assertConvergence(seed, 2_000);
    }

    private static void assertConvergence(long seed, int steps) {
        List<StoredEvent> history = RandomHistory.of(seed, 4, steps);
        Random random = new Random(seed);

        Map<String, List<String>> straight = project(history, 100, tables);

        CrashingWriter crashing = new CrashingWriter(tables, random);
        assertThat(project(twice(history), 50, crashing))
                .as("twice, with crashes between writes")
                .isEqualTo(straight);
        assertThat(crashing.crashes()).as("crashes").isGreaterThan(5);
        assertThat(project(redelivered(interleaved(history, random), random), 7, tables))
                .as("interleaved and redelivered")
                .isEqualTo(straight);
        assertThat(project(shuffled(history, random), 33, tables))
                .as("shuffled")
                .isEqualTo(straight);
        assertThat(straight)
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());
        assertThat(straight.values())
                .as("rows of whom was forgotten")
                .allSatisfy(rows -> assertThat(rows).noneMatch(row -> row.startsWith("user_id=" + forgotten(history))));
    }

    private static String forgotten(List<StoredEvent> history) {
        return history.stream()
                .map(StoredEvent::payload)
                .filter(UserForgotten.class::isInstance)
                .map(event -> ((UserForgotten) event).userId().toString())
                .findFirst()
                .orElseThrow();
    }

    private static List<StoredEvent> twice(List<StoredEvent> history) {
        List<StoredEvent> twice = new ArrayList<>(history);
        twice.addAll(history);
        return twice;
    }

    /** As after crashes: every now and then the last few events come again. */
    private static List<StoredEvent> redelivered(List<StoredEvent> history, Random random) {
        List<StoredEvent> delivered = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            delivered.add(history.get(i));
            if (random.nextInt(20) == 0) {
                delivered.addAll(history.subList(Math.max(0, i - random.nextInt(60)), i + 1));
            }
        }
        return delivered;
    }

    /** As from several segments: each stream in order, the streams in any. */
    private static List<StoredEvent> interleaved(List<StoredEvent> history, Random random) {
        Map<String, List<StoredEvent>> streams = new HashMap<>();
        history.forEach(event -> streams.computeIfAbsent(event.stream(), stream -> new ArrayList<>())
                .add(event));
        List<String> turns = new ArrayList<>(
                history.stream().map(StoredEvent::stream).sorted().toList());
        Collections.shuffle(turns, random);
        return turns.stream().map(stream -> streams.get(stream).remove(0)).toList();
    }

    /** Not even a stream in order: more than ever happens. */
    private static List<StoredEvent> shuffled(List<StoredEvent> history, Random random) {
        List<StoredEvent> shuffled = new ArrayList<>(history);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    /**
     * Loses a write now and then, and everything that follows it until the batch ends: as if the process had died between
     * two writes. What was sent before stays written.
     */
    private static final class CrashingWriter implements TableWriter {

        private final TableWriter writer;
        private final Random random;
        private final AtomicInteger crashes = new AtomicInteger();

        private CrashingWriter(TableWriter writer, Random random) {
            this.writer = writer;
            this.random = random;
        }

        int crashes() {
            return crashes.get();
        }

        @Override
        public CompletionStage<?> send(TableWrite write, int version) {
            if (random.nextInt(400) == 0) {
                crashes.incrementAndGet();
                return CompletableFuture.failedFuture(new CassandraUnavailableException("crashed"));
            }
            return writer.send(write, version);
        }
    }

    private static Map<String, List<String>> project(List<StoredEvent> events, int batchSize, TableWriter writer) {
        int version = ++versions;
        Map<String, List<String>> contents = new HashMap<>();
        for (Projection projection : PROJECTIONS) {
            projection.tables().forEach(table -> cassandra.execute(table.create(CASSANDRA.keyspace(), version)));
            run(projection, version, events, batchSize, writer);
            projection.tables().forEach(table -> contents.put(table.name(), contents(table, version)));
        }
        return contents;
    }

    private static void run(
            Projection projection, int version, List<StoredEvent> events, int batchSize, TableWriter writer) {
        Supplier<WriteBatch> batches = () ->
                new WriteBatch(writer, version, properties.writesInFlight(), properties.writeTimeout(), Pace.FULL);
        ProjectionEventHandler handler = new ProjectionEventHandler(projection, batches);
        BatchInterceptor interceptor = new BatchInterceptor(batches, handler::suspect);
        List<TrackedEventMessage<?>> messages = new ArrayList<>();
        events.stream().map(StoredEvent::message).filter(handler::canHandle).forEach(messages::add);
        int start = 0;
        while (start < messages.size()) {
            int end = Math.min(start + batchSize, messages.size());
            if (handled(handler, interceptor, messages.subList(start, end))) {
                start = end;
            }
        }
    }

    /** Returns false when the batch failed and is to come again, as from the token that was stored before it. */
    private static boolean handled(
            ProjectionEventHandler handler, BatchInterceptor interceptor, List<TrackedEventMessage<?>> messages) {
        BatchingUnitOfWork<TrackedEventMessage<?>> batch = new BatchingUnitOfWork<>(messages);
        Throwable failure = batch.executeWithResult(
                        () -> new DefaultInterceptorChain<>(batch, List.of(interceptor), handler::handle).proceed())
                .optionalExceptionResult()
                .orElse(null);
        if (failure != null) {
            assertThat(failure).isInstanceOf(CassandraUnavailableException.class);
        }
        return failure == null;
    }

    /** Every row with every value and when it was written, in one text each. */
    private static List<String> contents(Table<?> table, int version) {
        String name = CASSANDRA.keyspace() + "." + table.in(version);
        List<String> rows = new ArrayList<>();
        for (Row row : cassandra.execute("SELECT * FROM " + name)) {
            StringBuilder text = new StringBuilder();
            row.getColumnDefinitions()
                    .forEach(column -> text.append(column.getName().asInternal())
                            .append('=')
                            .append(formatted(row, column.getName().asInternal()))
                            .append(' '));
            rows.add(text.toString());
        }
        for (String column : new TreeSet<>(table.valueColumns())) {
            for (Row row : cassandra.execute("SELECT user_id, WRITETIME(" + column + ") AS at FROM " + name)) {
                rows.add("written " + column + " " + row.getUuid("user_id") + " " + row.getObject("at"));
            }
        }
        Collections.sort(rows);
        return rows;
    }

    private static String formatted(Row row, String column) {
        return String.valueOf(row.getObject(column));
    }
}
