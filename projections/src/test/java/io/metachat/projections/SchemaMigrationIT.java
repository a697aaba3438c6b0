package io.metachat.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import io.grpc.StatusRuntimeException;
import io.metachat.domain.SessionId;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.diary.event.SessionStarted;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDbExtension;
import io.metachat.projections.table.Shard;
import io.metachat.projections.version.VersionRegistry;
import io.metachat.projections.version.Versions;
import io.metachat.proto.v1.Entry;
import io.metachat.proto.v1.GetEntryRequest;
import io.metachat.proto.v1.PageRequest;
import io.metachat.service.error.Problems;
import io.metachat.service.security.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tables are those of an older build: the registry lacks columns, a read model too, and another has another key. */
@ExtendWith(EmbeddedEventStoreDbExtension.class)
class SchemaMigrationIT {

    @RegisterExtension
    static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();

    private static final Set<String> OPERATOR = Set.of(Caller.OPERATOR);
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private final Diarist ada = Diarist.named("ada");
    private final UUID old = UUID.randomUUID();

    @Test
    void shouldServeWhatAnOlderBuildHasMadeAndReplaceItByARebuild(EmbeddedEventStoreDb eventStore) {
        createAsAnOlderBuildDid();
        try (RunningService service = start(eventStore)) {
            VersionRegistry registry = service.bean(VersionRegistry.class);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> registry.isOutdated("entries") && registry.isOutdated("sessions"));
            EntryWritten written = ada.wrote(Diarist.entry(), NOON, "work");
            SessionStarted session = new SessionStarted(ada.id(), new SessionId(UUID.randomUUID()), "Evening", NOON);
            service.append(ada.id().diary(), written, session);

            // Both stand still: what is there is the older build's.
            Entry kept = entry(service, old.toString());
            assertThat(kept.getContent().getTitle()).isEqualTo("An old title");
            assertThat(kept.getContent().getWordCount()).isZero();
            assertThatThrownBy(() -> sessions(service))
                    .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
                        assertThat(Problems.from(refused).code()).isEqualTo("read-model-rebuilding");
                        assertThat(Problems.from(refused).retryAfter()).isPositive();
                    });

            service.operate("POST", "/operations/projections/entries/resume", OPERATOR);
            service.operate("POST", "/operations/projections/sessions/resume", OPERATOR);

            awaitVersion(registry, "entries", 2);
            awaitVersion(registry, "sessions", 6);
            assertThat(entry(service, written.entryId().toString()).getContent().getWordCount())
                    .isEqualTo(5);
            assertThatThrownBy(() -> entry(service, old.toString())).hasMessageContaining("NOT_FOUND");
            assertThat(sessions(service)).isEqualTo(1);
            assertThat(registry.isOutdated("entries")).isFalse();
            assertThat(registry.of("moods").active()).isEqualTo(1);
            assertThat(service.bean(CqlSession.class)
                            .execute("SELECT last FROM " + CASSANDRA.keyspace()
                                    + ".projection_versions WHERE projection = 'sessions'")
                            .one()
                            .getInt("last"))
                    .isEqualTo(6);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> tables(service), tables -> tables.stream().noneMatch(name -> name.endsWith("_v5")));
            assertThat(tables(service)).contains("sessions_by_time_v6").doesNotContain("sessions_by_weather_v6");
        }
        CASSANDRA.server().execute("DROP KEYSPACE " + CASSANDRA.keyspace());
    }

    private static List<String> tables(RunningService service) {
        return service
                .bean(CqlSession.class)
                .execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", CASSANDRA.keyspace())
                .all()
                .stream()
                .map(row -> row.getString("table_name"))
                .toList();
    }

    private void createAsAnOlderBuildDid() {
        execute("CREATE TABLE %s.projection_versions"
                + " (projection text PRIMARY KEY, active int, building int, paused boolean,"
                + " tables map<int, frozen<set<text>>>)");
        execute("INSERT INTO %s.projection_versions (projection, active, paused) VALUES ('entries', 1, true)");
        execute("INSERT INTO %s.projection_versions (projection, active, paused, tables)"
                + " VALUES ('sessions', 5, true, {5: {'sessions_by_time', 'sessions_by_weather'}})");
        execute("CREATE TABLE %s.sessions_by_weather_v5 (user_id uuid PRIMARY KEY)");
        execute("CREATE TABLE %s.entries_v1 (user_id uuid, shard int, entry_id uuid, revision int, title text,"
                + " text text, tags frozen<list<text>>, written_at timestamp,"
                + " PRIMARY KEY ((user_id, shard), entry_id))");
        execute("INSERT INTO %s.entries_v1 (user_id, shard, entry_id, revision, title, text, tags, written_at) VALUES ("
                + ada.id() + ", " + Shard.of(old) + ", " + old
                + ", 1, 'An old title', 'Old text', ['work'], '2025-01-01T00:00:00Z')");
        execute("CREATE TABLE %s.sessions_by_time_v5"
                + " (user_id uuid, session_id uuid, started_at timestamp, PRIMARY KEY ((user_id), session_id))");
    }

    private static void execute(String cql) {
        CASSANDRA.server().execute(cql.formatted(CASSANDRA.keyspace()));
    }

    private static RunningService start(EmbeddedEventStoreDb eventStore) {
        return RunningService.start(
                eventStore.connectionString(),
                "127.0.0.1:" + CASSANDRA.server().port(),
                CASSANDRA.keyspace(),
                "metachat.projections.version-refresh=100ms",
                "metachat.projections.rebuild-lag=500ms",
                "metachat.projections.rebuild-grace=1s");
    }

    private static void awaitVersion(VersionRegistry registry, String projection, int version) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> registry.of(projection), (Versions versions) -> versions.active() == version);
    }

    private Entry entry(RunningService service, String id) {
        return service.as(ada.id(), 0)
                .getEntry(GetEntryRequest.newBuilder().setEntryId(id).build());
    }

    private int sessions(RunningService service) {
        return service.as(ada.id(), 0)
                .listSessions(PageRequest.getDefaultInstance())
                .getItemsCount();
    }
}
