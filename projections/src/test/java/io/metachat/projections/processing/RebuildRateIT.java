package io.metachat.projections.processing;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.metachat.domain.EntryId;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.EntryWritten;
import io.metachat.embedded.cassandra.EmbeddedCassandra;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.metachat.projections.ProjectionProperties;
import io.metachat.projections.TestProperties;
import io.metachat.projections.entry.EntryProjection;
import io.metachat.projections.history.StoredEvent;
import io.metachat.projections.projection.Writes;
import io.metachat.projections.table.TableSession;
import io.metachat.projections.table.TableSessions;
import io.metachat.projections.table.TableWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How fast the entries projection fills its tables, against the bare driver writing the same rows with the same number of
 * writes under way. Both take turns in one run, so that what else the machine does weighs on both.
 */
@Tag("soak")
class RebuildRateIT {

    @RegisterExtension
    static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();

    private static final Logger log = LoggerFactory.getLogger(RebuildRateIT.class);

    private static final int EVENTS = 3_000;
    private static final int ROUNDS = 5;
    private static final double LEAST_RATIO = 0.7;

    private final EntryProjection projection = new EntryProjection();
    private final ProjectionProperties properties = TestProperties.in(CASSANDRA.keyspace());

    @Test
    void shouldFillTablesNearlyAsFastAsTheDriverWrites() {
        try (CqlSession cassandra = CqlSession.builder()
                .addContactPoint(CASSANDRA.contactPoint())
                .withLocalDatacenter(EmbeddedCassandra.LOCAL_DATACENTER)
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                        .build())
                .build()) {
            for (int version : List.of(1, 2)) {
                projection.tables().forEach(table -> cassandra.execute(table.create(CASSANDRA.keyspace(), version)));
            }
            TableSession tables = TableSessions.on(cassandra, properties);
            List<StoredEvent> events = events();
            List<Write> writes = writes(events);
            bare(cassandra, writes);
            project(tables, events);

            Duration bare = Duration.ZERO;
            Duration projected = Duration.ZERO;
            for (int round = 0; round < ROUNDS; round++) {
                bare = bare.plus(bare(cassandra, writes));
                projected = projected.plus(project(tables, events));
            }

            double ratio = (double) bare.toNanos() / projected.toNanos();
            log.info(
                    "entries projection {} events/s, bare driver {} events/s, ratio {}",
                    perSecond(projected),
                    perSecond(bare),
                    "%.2f".formatted(ratio));
            assertThat(ratio).isGreaterThan(LEAST_RATIO);
        }
    }

    private static long perSecond(Duration time) {
        return Math.round(1e9 * EVENTS * ROUNDS / time.toNanos());
    }

    private record Write(TableWrite kind, @Nullable Object[] parameters) {}

    private static List<StoredEvent> events() {
        List<StoredEvent> events = new ArrayList<>();
        String text = "A day like any other, but for the rain. ".repeat(20);
        Instant now = Instant.parse("2026-03-04T12:00:00Z");
        for (int i = 0; i < EVENTS; i++) {
            UserId user = new UserId(new UUID(7, i % 50));
            EntryWritten written = new EntryWritten(
                    user,
                    new EntryId(new UUID(i, i)),
                    1,
                    "Title",
                    text,
                    List.of("work", "home"),
                    null,
                    now.plusSeconds(i),
                    160);
            events.add(new StoredEvent(1 + i, user.diary().stream(), i / 50, now, written));
        }
        return events;
    }

    /** What the projection writes, made before the clock runs. */
    private List<Write> writes(List<StoredEvent> events) {
        List<Write> writes = new ArrayList<>();
        for (StoredEvent event : events) {
            projection.handlers().handle(event.payload(), new Writes() {
                @Override
                public long position() {
                    return event.position();
                }

                @Override
                public Instant time() {
                    return event.time();
                }

                @Override
                public void apply(TableWrite write, @Nullable Object... values) {
                    writes.add(new Write(write, write.parameters(event.position(), values)));
                }

                @Override
                public void applyExpiring(TableWrite write, Duration timeToLive, @Nullable Object... values) {
                    throw new UnsupportedOperationException("Entries do not expire");
                }
            });
        }
        return writes;
    }

    private Duration bare(CqlSession cassandra, List<Write> writes) {
        Map<TableWrite, PreparedStatement> prepared = new HashMap<>();
        Semaphore free = new Semaphore(properties.writesInFlight());
        long start = System.nanoTime();
        for (Write write : writes) {
            PreparedStatement statement = prepared.computeIfAbsent(
                    write.kind(),
                    kind -> cassandra.prepare(kind.cql()
                            .formatted(CASSANDRA.keyspace() + "." + kind.table().in(1))));
            free.acquireUninterruptibly();
            cassandra
                    .executeAsync(statement.bind(write.parameters()))
                    .whenComplete((result, failure) -> free.release());
        }
        free.acquireUninterruptibly(properties.writesInFlight());
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Duration project(TableSession tables, List<StoredEvent> events) {
        Supplier<WriteBatch> batches =
                () -> new WriteBatch(tables, 2, properties.writesInFlight(), properties.writeTimeout());
        ProjectionEventHandler handler = new ProjectionEventHandler(projection, batches);
        BatchInterceptor interceptor = new BatchInterceptor(batches, handler::suspect);
        long start = System.nanoTime();
        for (int first = 0; first < events.size(); first += properties.batchSize()) {
            List<TrackedEventMessage<?>> messages = new ArrayList<>();
            events.subList(first, Math.min(first + properties.batchSize(), events.size()))
                    .forEach(event -> messages.add(event.message()));
            BatchingUnitOfWork<TrackedEventMessage<?>> batch = new BatchingUnitOfWork<>(messages);
            assertThat(batch.executeWithResult(
                                    () -> new DefaultInterceptorChain<>(batch, List.of(interceptor), handler::handle)
                                            .proceed())
                            .isExceptional())
                    .isFalse();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
