package io.metachat.diary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventstore.dbclient.EventStoreDBClient;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDbExtension;
import io.metachat.embedded.kafka.EmbeddedKafkaExtension;
import io.metachat.proto.v1.EntryContent;
import io.metachat.service.error.ProblemException;
import io.metachat.service.json.EventJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/** Instances that come and go, and servers that are not there. */
@ExtendWith(EmbeddedEventStoreDbExtension.class)
class DiaryServiceRestartIT {

    @RegisterExtension
    static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private final JsonMapper json = EventJson.mapper();
    private final List<RunningDiaryService> services = new ArrayList<>();
    private EmbeddedEventStoreDb server;
    private DiaryWorld world;

    @BeforeEach
    void open(EmbeddedEventStoreDb server, EventStoreDBClient store) {
        this.server = server;
        this.world = new DiaryWorld(store, KAFKA.bootstrapServers());
    }

    @AfterEach
    void stop() {
        services.forEach(RunningDiaryService::close);
    }

    @Test
    void shouldAnswerARepeatedCallAfterARestartWithOneEvent() {
        RunningDiaryService first = start();
        EntryContent before = first.call(
                        world.anna, "key-1", stub -> stub.writeEntry(DiaryWorld.entry("Spring", "It is warm.")))
                .value();
        first.close();

        RunningDiaryService second = start();
        EntryContent after = second.call(
                        world.anna, "key-1", stub -> stub.writeEntry(DiaryWorld.entry("Spring", "It is warm.")))
                .value();

        assertThat(after).isEqualTo(before);
        assertThat(world.types()).containsOnlyOnce("metachat.diary.EntryWritten.v1");
        assertThatThrownBy(() -> second.call(
                        world.anna, "key-1", stub -> stub.writeEntry(DiaryWorld.entry("Spring", "It is cold."))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("idempotency-key-reused"));
    }

    @Test
    void shouldLoseNothingByRestartsInBetween() {
        List<String> entries = new ArrayList<>();
        for (int restart = 0; restart < 2; restart++) {
            RunningDiaryService service = start();
            for (int i = 0; i < 20; i++) {
                entries.add(world.write(service, "Entry " + restart + "." + i));
            }
            entries.forEach(entry -> world.topics.send(
                    DiaryWorld.ANALYSES, world.diary(), DiaryWorld.ANALYSED, world.analysis(entry, 1, "model-1")));
            service.close();
        }
        RunningDiaryService last = start();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(world.analysedEntries()).containsExactlyInAnyOrderElementsOf(entries));
        List<String> published = world.published(41).stream()
                .filter(record -> "metachat.diary.EntryWritten.v1".equals(Topics.header(record, "ce_type")))
                .map(record -> json.readTree(record.value()).get("entryId").asString())
                .distinct()
                .toList();
        assertThat(published).containsExactlyElementsOf(entries);
        assertThat(last.call(world.anna, stub -> stub.editEntry(DiaryWorld.edit(entries.get(0), 1, "Still there.")))
                        .value()
                        .getRevision())
                .isEqualTo(2);
    }

    @Test
    void shouldAcknowledgeNoEntryThatAnotherInstanceOverwrites() throws Exception {
        List<RunningDiaryService> instances = List.of(start(), start());
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            List<Future<String>> writing = IntStream.range(0, 40)
                    .mapToObj(i -> writers.submit(() -> world.write(instances.get(i % 2), "Entry " + i)))
                    .toList();
            List<String> acknowledged = new ArrayList<>();
            for (Future<String> written : writing) {
                acknowledged.add(written.get());
            }
            assertThat(world.stream().stream()
                            .filter(event -> event.getEventType().equals("metachat.diary.EntryWritten.v1"))
                            .map(event -> world.content(event).get("entryId").asString()))
                    .containsExactlyInAnyOrderElementsOf(acknowledged);
        } finally {
            writers.shutdownNow();
        }
    }

    @Test
    void shouldGoOnFromASnapshot() {
        RunningDiaryService first = start("--metachat.diary.snapshot-every=20");
        List<String> entries = IntStream.range(0, 50)
                .mapToObj(i -> world.write(first, "Entry " + i))
                .toList();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(world.read("snapshot-" + world.diary())).isNotEmpty());
        first.close();

        RunningDiaryService second = start();
        EntryContent edited = second.call(
                        world.anna, stub -> stub.editEntry(DiaryWorld.edit(entries.get(0), 1, "After a snapshot.")))
                .value();

        assertThat(edited.getTitle()).isEqualTo("Entry 0");
        assertThat(edited.getRevision()).isEqualTo(2);
        assertThat(world.read("snapshot-" + world.diary()).get(0).getUserMetadata())
                .asString(StandardCharsets.UTF_8)
                .contains("axon-snapshot-sequence");
    }

    @Test
    void shouldStartWithNothingThereAndSaySo() throws Exception {
        RunningDiaryService service = RunningDiaryService.start(
                "esdb://127.0.0.1:" + unusedPort() + "?tls=false",
                "127.0.0.1:" + unusedPort(),
                "127.0.0.1:" + unusedPort(),
                "--axon.eventstoredb.retry.max-elapsed=1s");
        services.add(service);

        assertThat(service.get("/health").statusCode()).isEqualTo(200);
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(service.get("/ready").statusCode()).isEqualTo(503);
            assertThat(service.get("/ready").body()).contains("eventStore").contains("assandra");
        });
        assertThatThrownBy(() ->
                        service.call(world.anna, stub -> stub.writeEntry(DiaryWorld.entry("Spring", "It is warm."))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().category().httpStatus())
                                .isEqualTo(503));
    }

    private RunningDiaryService start(String... more) {
        RunningDiaryService service =
                RunningDiaryService.start(server.connectionString(), CASSANDRA, KAFKA.bootstrapServers(), more);
        services.add(service);
        service.awaitReady();
        return service;
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
