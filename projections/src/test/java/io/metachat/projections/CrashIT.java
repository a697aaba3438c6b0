package io.metachat.projections;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDbExtension;
import io.metachat.projections.history.RandomHistory;
import io.metachat.projections.history.StoredEvent;
import io.metachat.projections.projection.Projection;
import io.metachat.projections.table.Table;
import io.metachat.projections.version.VersionRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service is killed again and again, during a rebuild and live traffic. Beside it another one works undisturbed on
 * the same events, in a keyspace of its own: in the end the tables of both are the same.
 */
@Tag("soak")
@ExtendWith(EmbeddedEventStoreDbExtension.class)
class CrashIT {

    @RegisterExtension
    static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();

    private static final int KILLS = Integer.getInteger("metachat.kills", 50);
    private static final String CRASHED = "crashed";
    private static final long LONGEST_LIFE_MILLIS = 10_000;

    @Test
    void shouldEndAsIfItHadNeverBeenKilled(EmbeddedEventStoreDb eventStore, @TempDir Path directory) {
        String cassandra = "127.0.0.1:" + CASSANDRA.server().port();
        String url = eventStore.connectionString();
        Random random = new Random(7);
        try (RunningService undisturbed =
                RunningService.start(url, cassandra, CASSANDRA.keyspace()).awaitReady()) {
            CqlSession session = undisturbed.bean(CqlSession.class);
            ServiceProcess first = start(directory, url, cassandra);
            awaitVersion(session, 1);
            first.kill();
            rebuildEverything(undisturbed, session);
            List<StoredEvent> history = RandomHistory.of(99, 6, 40 * KILLS);
            CompletableFuture<Long> traffic = CompletableFuture.supplyAsync(() -> undisturbed.append(history));

            for (int kill = 0; kill < KILLS; kill++) {
                ServiceProcess service = start(directory, url, cassandra);
                long life = random.nextLong(LONGEST_LIFE_MILLIS);
                Awaitility.await().atMost(Duration.ofMinutes(2)).until(service::isConnected);
                Awaitility.await()
                        .pollDelay(Duration.ofMillis(life))
                        .atMost(Duration.ofMillis(life + 10_000))
                        .until(service::isAlive);
                service.kill();
            }

            long last = traffic.join();
            ServiceProcess survivor = start(directory, url, cassandra);
            try {
                awaitVersion(session, 2);
                undisturbed.awaitPosition(last);
                Map<String, List<String>> expected = contents(undisturbed, session, CASSANDRA.keyspace(), 1);
                assertThat(expected.get("entries")).isNotEmpty();
                Awaitility.await()
                        .atMost(Duration.ofMinutes(2))
                        .untilAsserted(() -> assertThat(contents(undisturbed, session, CRASHED, 2))
                                .isEqualTo(expected));
            } finally {
                survivor.kill();
            }
        }
    }

    private static ServiceProcess start(Path directory, String eventStore, String cassandra) {
        return ServiceProcess.start(
                directory,
                eventStore,
                cassandra,
                CRASHED,
                "metachat.projections.batch-size=20",
                "metachat.projections.rebuild-grace=1h");
    }

    private static void rebuildEverything(RunningService service, CqlSession session) {
        for (Projection projection : service.bean(VersionRegistry.class).projections()) {
            session.execute(
                    "UPDATE " + CRASHED + ".projection_versions SET building = 2, last = 2,"
                            + " building_since = toTimestamp(now()) WHERE projection = ? IF last = 1",
                    projection.name());
        }
    }

    private static void awaitVersion(CqlSession session, int version) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .ignoreExceptions()
                .until(() -> session.execute("SELECT active FROM " + CRASHED + ".projection_versions").all().stream()
                                .filter(row -> row.getInt("active") == version)
                                .count()
                        == 6);
    }

    /** Every row with every value and when it was written. */
    private static Map<String, List<String>> contents(
            RunningService service, CqlSession session, String keyspace, int version) {
        Map<String, List<String>> contents = new TreeMap<>();
        for (Projection projection : service.bean(VersionRegistry.class).projections()) {
            for (Table table : projection.tables()) {
                contents.put(table.name(), rows(session, keyspace + "." + table.in(version), table));
            }
        }
        return contents;
    }

    private static List<String> rows(CqlSession session, String name, Table table) {
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
