package io.metachat.projections;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDbExtension;
import io.metachat.projections.history.RandomHistory;
import io.metachat.projections.history.StoredEvent;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.Table;
import io.metachat.projections.version.VersionRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service is killed again and again, during a rebuild and live traffic. Beside it another one works undisturbed on
 * the same events, in a keyspace of its own: in the end the tables of both are the same.
 */
@ExtendWith(EmbeddedEventStoreDbExtension.class)
class CrashIT {

    @RegisterExtension
    static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();

    private static final Logger log = LoggerFactory.getLogger(CrashIT.class);

    private static final String CRASHED = "crashed";
    private static final int PACE_MILLIS = 25;

    @Test
    void shouldEndAsIfItHadNeverBeenKilled(EmbeddedEventStoreDb eventStore, @TempDir Path directory) {
        assertSameAfter(2, 1_500, 300, eventStore, directory);
    }

    @Tag("soak")
    @Test
    void shouldEndAsIfItHadNeverBeenKilledManyTimes(EmbeddedEventStoreDb eventStore, @TempDir Path directory) {
        assertSameAfter(50, 4_000, 5_000, eventStore, directory);
    }

    /**
     * @param longestLifeMillis after which the service is killed at the latest, once it has begun to work
     * @param before how many events there are before the first kill
     */
    private static void assertSameAfter(
            int kills, long longestLifeMillis, int before, EmbeddedEventStoreDb eventStore, Path directory) {
        String cassandra = "127.0.0.1:" + CASSANDRA.server().port();
        String url = eventStore.connectionString();
        Random random = new Random(7);
        try (RunningService undisturbed =
                RunningService.start(url, cassandra, CASSANDRA.keyspace()).awaitReady()) {
            CqlSession session = undisturbed.bean(CqlSession.class);
            ServiceProcess service = start(directory, url, cassandra);
            List<StoredEvent> history = RandomHistory.of(kills, 6, before + 500 * kills);
            undisturbed.append(history.subList(0, before));
            awaitTables(session);
            int rebuilds = 0;
            long last;
            try (Traffic traffic = new Traffic(undisturbed, history.subList(before, history.size()))) {
                for (int kill = 0; kill < kills; kill++) {
                    rebuilds += rebuildWhatIsNot(undisturbed, session);
                    awaitWorking(service, random.nextLong(longestLifeMillis));
                    service.kill();
                    service = start(directory, url, cassandra);
                }
                last = traffic.stop();
            }
            log.info("{} kills, {} rebuilds begun meanwhile", kills, rebuilds);
            assertThat(rebuilds).isGreaterThanOrEqualTo(6);
            try {
                awaitNoRebuild(session);
                undisturbed.awaitPosition(last);
                Map<String, List<String>> expected =
                        contents(undisturbed, session, CASSANDRA.keyspace(), versions(session, CASSANDRA.keyspace()));
                assertThat(expected.get("entries")).isNotEmpty();
                Awaitility.await()
                        .atMost(Duration.ofMinutes(2))
                        .untilAsserted(
                                () -> assertThat(contents(undisturbed, session, CRASHED, versions(session, CRASHED)))
                                        .isEqualTo(expected));
            } finally {
                service.kill();
            }
        }
    }

    /** Appends an event every now and then, until it is stopped. */
    private static final class Traffic implements AutoCloseable {

        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        private final ScheduledFuture<?> running;
        private long last;

        Traffic(RunningService service, List<StoredEvent> events) {
            Iterator<StoredEvent> next = events.iterator();
            running = clock.scheduleWithFixedDelay(
                    () -> last = service.append(List.of(next.next())), 0, PACE_MILLIS, TimeUnit.MILLISECONDS);
        }

        /** Returns the position of the last event; fails when an append has failed or there was nothing left to append. */
        long stop() {
            assertThat(running.isDone()).as("traffic has ended early").isFalse();
            close();
            return last;
        }

        @Override
        public void close() {
            clock.shutdown();
            Awaitility.await().until(() -> clock.awaitTermination(1, TimeUnit.SECONDS));
        }
    }

    private static ServiceProcess start(Path directory, String eventStore, String cassandra) {
        return ServiceProcess.start(
                directory,
                eventStore,
                cassandra,
                CRASHED,
                "metachat.projections.batch-size=20",
                "metachat.projections.version-refresh=200ms",
                "metachat.projections.rebuild-grace=1s");
    }

    private static void awaitWorking(ServiceProcess service, long life) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(service::isConnected);
        Awaitility.await()
                .pollDelay(Duration.ofMillis(life))
                .atMost(Duration.ofMillis(life + 10_000))
                .until(service::isAlive);
    }

    /** Begins to rebuild each projection of which no version is being built or retired; returns how many. */
    private static int rebuildWhatIsNot(RunningService service, CqlSession session) {
        int begun = 0;
        for (Projection projection : service.bean(VersionRegistry.class).projections()) {
            int next = session.execute(
                                    "SELECT last FROM " + CRASHED + ".projection_versions WHERE projection = ?",
                                    projection.name())
                            .one()
                            .getInt("last")
                    + 1;
            begun += session.execute(
                                    "UPDATE " + CRASHED + ".projection_versions SET building = ?, last = ?,"
                                            + " revisions[?] = ?, building_since = toTimestamp(now())"
                                            + " WHERE projection = ? IF last = ? AND building = null AND retired = null",
                                    next,
                                    next,
                                    next,
                                    projection.revision(),
                                    projection.name(),
                                    next - 1)
                            .wasApplied()
                    ? 1
                    : 0;
        }
        return begun;
    }

    private static void awaitTables(CqlSession session) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> versions(session, CRASHED).size() == 6);
    }

    private static void awaitNoRebuild(CqlSession session) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .until(() -> session.execute("SELECT building FROM " + CRASHED + ".projection_versions").all().stream()
                        .allMatch(row -> row.isNull("building")));
    }

    private static Map<String, Integer> versions(CqlSession session, String keyspace) {
        Map<String, Integer> active = new TreeMap<>();
        for (Row row : session.execute("SELECT projection, active FROM " + keyspace + ".projection_versions")) {
            active.put(row.getString("projection"), row.getInt("active"));
        }
        return active;
    }

    /** Every row with every value and when it was written. */
    private static Map<String, List<String>> contents(
            RunningService service, CqlSession session, String keyspace, Map<String, Integer> versions) {
        Map<String, List<String>> contents = new TreeMap<>();
        for (Projection projection : service.bean(VersionRegistry.class).projections()) {
            for (Table<?> table : projection.tables()) {
                contents.put(
                        table.name(), rows(session, keyspace + "." + table.in(versions.get(projection.name())), table));
            }
        }
        return contents;
    }

    private static List<String> rows(CqlSession session, String name, Table<?> table) {
        List<String> columns = new ArrayList<>();
        table.valueColumns().forEach(column -> columns.add("WRITETIME(" + column + ")"));
        List<String> rows = new ArrayList<>();
        for (Row row : session.execute("SELECT * FROM " + name)) {
            rows.add(row.getFormattedContents());
        }
        if (!columns.isEmpty()) {
            for (Row row : session.execute("SELECT user_id, " + String.join(", ", columns) + " FROM " + name)) {
                rows.add(row.getFormattedContents());
            }
        }
        Collections.sort(rows);
        return rows;
    }
}
