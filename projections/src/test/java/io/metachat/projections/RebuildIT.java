package io.metachat.projections;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.axon.eventstoredb.engine.EventStoreDbEventStore;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDbExtension;
import io.metachat.projections.history.RandomHistory;
import io.metachat.projections.version.VersionRegistry;
import io.metachat.projections.version.Versions;
import io.metachat.proto.v1.GetEntryRequest;
import io.metachat.proto.v1.ListEntriesRequest;
import io.metachat.proto.v1.QueriesGrpc;
import io.metachat.service.security.Caller;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A projection is rebuilt while it is written to and read. */
@ExtendWith(EmbeddedEventStoreDbExtension.class)
class RebuildIT {

    @RegisterExtension
    static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();

    private static final String PATH = "/operations/projections/entries";
    private static final Set<String> OPERATOR = Set.of(Caller.OPERATOR);
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private static final int READERS = 2;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Diarist ada = Diarist.named("ada");

    private static RunningService service;

    @BeforeAll
    static void start(EmbeddedEventStoreDb eventStore) {
        service = RunningService.start(
                        eventStore.connectionString(),
                        "127.0.0.1:" + CASSANDRA.server().port(),
                        CASSANDRA.keyspace(),
                        "metachat.projections.version-refresh=100ms",
                        "metachat.projections.rebuild-lag=500ms",
                        "metachat.projections.rebuild-grace=1s")
                .awaitReady();
    }

    @AfterAll
    static void stop() {
        service.close();
        // Many tables at once are more than the small server of all test classes can hold.
        CASSANDRA.server().execute("DROP KEYSPACE " + CASSANDRA.keyspace());
    }

    @AfterEach
    void endThreads() {
        threads.shutdown();
    }

    @Test
    void shouldFillAnotherVersionUnderTrafficSwitchToItAndDropTheOld() {
        service.append(RandomHistory.of(42, 3, 300));
        int before = awaitOneVersion().active();
        int next = versions().last() + 1;
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong unreadable = new AtomicLong();
        // A rebuild yields to queries, but there is always one.
        List<CompletableFuture<Void>> readers =
                Stream.generate(() -> readUntil(stop)).limit(READERS).toList();
        double yieldedBefore = yielded();
        CompletableFuture<Void> traffic = CompletableFuture.runAsync(
                () -> {
                    while (!stop.get()) {
                        EntryWritten written = ada.wrote(Diarist.entry(), NOON, "work");
                        long position = service.append(ada.id().diary(), written);
                        if (!title(written, position).equals("Title")) {
                            unreadable.incrementAndGet();
                        }
                    }
                },
                threads);

        HttpResponse<String> accepted = service.operate("POST", PATH + "/rebuild", OPERATOR);
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(json(accepted).at("/rebuild/version").asInt()).isEqualTo(next);
        assertThat(service.operate("POST", PATH + "/rebuild", OPERATOR).statusCode())
                .isEqualTo(409);
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> versions().active() == next);
        stop.set(true);
        traffic.join();
        readers.forEach(CompletableFuture::join);

        assertThat(unreadable).hasValue(0);
        assertThat(yielded()).as("writes that waited for readers").isGreaterThan(yieldedBefore);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(rows(next)).isNotEmpty().isEqualTo(rows(before)));
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> isGone(before));
        assertThat(versions().filled()).containsExactly(next);
        assertThat(service.operate("GET", PATH, OPERATOR).body()).doesNotContain("rebuild", "retired");
    }

    @Test
    void shouldGiveUpARebuild() {
        int before = awaitOneVersion().active();
        // Standing still, it cannot be there before it is given up.
        assertThat(service.operate("POST", PATH + "/pause", OPERATOR).statusCode())
                .isEqualTo(200);
        service.append(ada.id().diary(), ada.wrote(Diarist.entry(), NOON), ada.wrote(Diarist.entry(), NOON));
        service.operate("POST", PATH + "/rebuild", OPERATOR);
        int given = versions().building();
        // It has nothing yet: every event there is, is still to do.
        assertThat(lag("/rebuild/lag/events")).isGreaterThanOrEqualTo(2);
        assertThat(lag("/rebuild/lag/positions"))
                .isEqualTo(service.bean(EventStoreDbEventStore.class)
                        .headPosition()
                        .orElseThrow());

        assertThat(service.operate("DELETE", PATH + "/rebuild", OPERATOR).statusCode())
                .isEqualTo(200);
        assertThat(service.operate("DELETE", PATH + "/rebuild", OPERATOR).statusCode())
                .isEqualTo(409);
        service.operate("POST", PATH + "/resume", OPERATOR);

        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> isGone(given));
        assertThat(versions().active()).isEqualTo(before);
        assertThat(versions().last()).isEqualTo(given);
    }

    @Test
    void shouldStandStillAndGoOn() {
        service.operate("POST", PATH + "/pause", OPERATOR);
        Awaitility.await()
                .until(() -> json(service.operate("GET", PATH, OPERATOR))
                        .at("/processors")
                        .isEmpty());
        // What a segment was not concerned with may not be noted yet.
        long before = lag("/lag/events");
        EntryWritten written = ada.wrote(Diarist.entry(), NOON);
        long position = service.append(ada.id().diary(), ada.wrote(Diarist.entry(), NOON), written);

        assertThat(lag("/lag/events")).isEqualTo(before + 2);
        assertThat(json(service.operate("GET", PATH, OPERATOR))
                        .at("/lag/estimated")
                        .asBoolean())
                .isFalse();
        assertThat(lag("/lag/positions")).isPositive();
        Awaitility.await().untilAsserted(() -> assertThat(lag("/lag/seconds")).isPositive());

        service.operate("POST", PATH + "/resume", OPERATOR);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> title(written, position).equals("Title"));
    }

    @Test
    void shouldLetNobodyButOperatorsIn() {
        assertThat(service.operate("GET", "/operations/projections", Set.of()).statusCode())
                .isEqualTo(403);
        assertThat(service.operate("POST", PATH + "/rebuild", Set.of()).statusCode())
                .isEqualTo(403);
        HttpResponse<String> unknown = service.operate("GET", "/operations/projections/secrets", OPERATOR);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(unknown).at("/type").asString()).endsWith("projection-not-found");
        JsonNode all = json(service.operate("GET", "/operations/projections", OPERATOR));
        assertThat(all.size()).isEqualTo(6);
        assertThat(all.at("/0/processors/0/segments").size()).isEqualTo(2);
        HttpResponse<String> processors = service.operate("GET", "/operations/processors", OPERATOR);
        assertThat(processors.body()).contains("projection-entries-v", "projection-users-v1");
    }

    /** Reads without a pause, on a thread of its own. */
    private CompletableFuture<Void> readUntil(AtomicBoolean stop) {
        QueriesGrpc.QueriesBlockingStub reader = service.as(ada.id(), 0);
        return CompletableFuture.runAsync(
                () -> {
                    while (!stop.get()) {
                        reader.listEntries(ListEntriesRequest.getDefaultInstance());
                    }
                },
                threads);
    }

    private static double yielded() {
        return service.bean(MeterRegistry.class)
                .get("metachat.projection.rebuild.yielded")
                .timer()
                .count();
    }

    private static long lag(String part) {
        return json(service.operate("GET", PATH, OPERATOR)).at(part).asLong();
    }

    private String title(EntryWritten entry, long position) {
        return service.as(ada.id(), position)
                .getEntry(GetEntryRequest.newBuilder()
                        .setEntryId(entry.entryId().toString())
                        .build())
                .getContent()
                .getTitle();
    }

    private Versions awaitOneVersion() {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(this::versions, versions -> versions.filled().size() == 1 && versions.dropping() == null);
    }

    private Versions versions() {
        return service.bean(VersionRegistry.class).of("entries");
    }

    private boolean isGone(int version) {
        return service
                .bean(CqlSession.class)
                .execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", CASSANDRA.keyspace())
                .all()
                .stream()
                .map(row -> row.getString("table_name"))
                .noneMatch(table -> table.startsWith("entries") && table.endsWith("_v" + version));
    }

    private List<String> rows(int version) {
        List<String> rows = new ArrayList<>();
        for (String table : List.of("entries", "entries_by_time", "entries_by_tag", "entries_by_session")) {
            String name = CASSANDRA.keyspace() + "." + table + "_v" + version;
            for (Row row : service.bean(CqlSession.class).execute("SELECT * FROM " + name)) {
                rows.add(table + row.getFormattedContents());
            }
        }
        Collections.sort(rows);
        return rows;
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}
