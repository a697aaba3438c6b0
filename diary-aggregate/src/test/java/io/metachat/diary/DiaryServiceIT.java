package io.metachat.diary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.StreamNotFoundException;
import io.metachat.domain.UserId;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDbExtension;
import io.metachat.embedded.kafka.EmbeddedKafkaExtension;
import io.metachat.proto.v1.DeleteEntryRequest;
import io.metachat.proto.v1.EditEntryRequest;
import io.metachat.proto.v1.EntryContent;
import io.metachat.proto.v1.StartSessionRequest;
import io.metachat.proto.v1.WriteEntryRequest;
import io.metachat.service.error.ProblemException;
import io.metachat.service.grpc.Answer;
import io.metachat.service.json.EventJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service with the real servers around it: calls in, events in the store and on the topic, analyses back. */
@ExtendWith(EmbeddedEventStoreDbExtension.class)
class DiaryServiceIT {

    private static final String EVENTS = "metachat.diary.events";
    private static final String ANALYSES = "metachat.mood.analyses";
    private static final String ANALYSED = "metachat.mood.EntryAnalysed.v1";

    @RegisterExtension
    static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private final JsonMapper json = EventJson.mapper();
    private final UserId anna = new UserId(UUID.randomUUID());
    private final List<RunningDiaryService> services = new ArrayList<>();
    private EmbeddedEventStoreDb server;
    private EventStoreDBClient store;
    private Topics topics;

    @BeforeEach
    void connect(EmbeddedEventStoreDb server, EventStoreDBClient store) {
        this.server = server;
        this.store = store;
        this.topics = new Topics(KAFKA.bootstrapServers());
    }

    @AfterEach
    void stop() {
        services.forEach(RunningDiaryService::close);
    }

    @Test
    void shouldCarryAnEntryToTheTopicAndItsAnalysisBack() {
        RunningDiaryService service = start();

        Answer<EntryContent> written = service.call(anna, stub -> stub.writeEntry(entry("Spring", "It is warm.")));

        assertThat(types()).containsExactly("metachat.diary.DiaryOpened.v1", "metachat.diary.EntryWritten.v1");
        RecordedEvent stored = stream().get(1);
        assertThat(written.position()).hasValue(stored.getPosition().getCommitUnsigned());
        assertThat(content(stored).get("entryId").asString())
                .isEqualTo(written.value().getEntryId());
        assertThat(content(stored).get("text").asString()).isEqualTo("It is warm.");

        ConsumerRecord<String, byte[]> published = published(2).get(1);
        assertThat(published.key()).isEqualTo(diary());
        assertThat(Topics.header(published, "ce_type")).isEqualTo("metachat.diary.EntryWritten.v1");
        assertThat(Topics.header(published, "ce_source")).isEqualTo("/metachat/diary-service");
        assertThat(Topics.header(published, "ce_position"))
                .isEqualTo(Long.toString(stored.getPosition().getCommitUnsigned()));
        assertThat(json.readTree(published.value())).isEqualTo(content(stored));

        String correlation = Topics.header(published, "ce_correlationid");
        topics.send(
                ANALYSES,
                diary(),
                ANALYSED,
                analysis(written.value().getEntryId(), 1, "model-1"),
                "ce_correlationid",
                correlation);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(types())
                        .containsExactly(
                                "metachat.diary.DiaryOpened.v1",
                                "metachat.diary.EntryWritten.v1",
                                "metachat.diary.EntryAnalysed.v1",
                                "metachat.diary.MoodProfileShifted.v1"));
        JsonNode metadata = json.readTree(stream().get(2).getUserMetadata());
        assertThat(metadata.get("$correlationId").asString()).isEqualTo(correlation);
    }

    @Test
    void shouldRecordARedeliveredAnalysisOnceAndIgnoreWhatItDoesNotKnow() {
        RunningDiaryService service = start();
        String entry = write(service, "Spring");
        byte[] analysis = analysis(entry, 1, "model-1");
        UserId stranger = new UserId(UUID.randomUUID());

        topics.send(ANALYSES, diary(), ANALYSED, analysis);
        topics.send(ANALYSES, diary(), ANALYSED, analysis);
        topics.send(ANALYSES, diary(), ANALYSED, analysis(UUID.randomUUID().toString(), 1, "model-1"));
        topics.send(ANALYSES, diary(), ANALYSED, analysis(entry, 7, "model-1"));
        topics.send(
                ANALYSES,
                stranger.diary().stream(),
                ANALYSED,
                analysis(stranger, UUID.randomUUID().toString(), 1, "model-1"));

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(service.analyses("recorded")).isEqualTo(1);
            assertThat(service.analyses("repeated")).isEqualTo(1);
            assertThat(service.analyses("unknown_entry")).isEqualTo(1);
            assertThat(service.analyses("stale_revision")).isEqualTo(1);
            assertThat(service.analyses("unknown_diary")).isEqualTo(1);
        });
        assertThat(types()).containsOnlyOnce("metachat.diary.EntryAnalysed.v1");
    }

    @Test
    void shouldSetAMalformedAnalysisAsideAndGoOn() {
        RunningDiaryService service = start();
        String entry = write(service, "Spring");

        topics.send(ANALYSES, diary(), ANALYSED, "{\"userId\":".getBytes(StandardCharsets.UTF_8));
        topics.send(ANALYSES, "diary-" + UUID.randomUUID(), ANALYSED, analysis(entry, 1, "model-1"));
        topics.send(ANALYSES, diary(), ANALYSED, analysis(entry, 1, "model-1"));

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(types()).contains("metachat.diary.EntryAnalysed.v1"));
        assertThat(topics.await(ANALYSES + ".dlq", 2, record -> true))
                .extracting(letter -> Topics.header(letter, "dlq_reason"))
                .contains(
                        "The content is not the JSON of a mood result",
                        "The subject is not the diary of the content's user");
    }

    @Test
    void shouldAnswerARepeatedCallAfterARestartWithOneEvent() {
        RunningDiaryService first = start();
        EntryContent before = first.call(anna, "key-1", stub -> stub.writeEntry(entry("Spring", "It is warm.")))
                .value();
        first.close();

        RunningDiaryService second = start();
        EntryContent after = second.call(anna, "key-1", stub -> stub.writeEntry(entry("Spring", "It is warm.")))
                .value();

        assertThat(after).isEqualTo(before);
        assertThat(types()).containsOnlyOnce("metachat.diary.EntryWritten.v1");
        assertThatThrownBy(() ->
                        second.call(anna, "key-1", "other", stub -> stub.writeEntry(entry("Spring", "It is cold."))))
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
                entries.add(write(service, "Entry " + restart + "." + i));
            }
            entries.forEach(entry -> topics.send(ANALYSES, diary(), ANALYSED, analysis(entry, 1, "model-1")));
            service.close();
        }
        RunningDiaryService last = start();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(analysedEntries()).containsExactlyInAnyOrderElementsOf(entries));
        List<String> published = published(41).stream()
                .filter(record -> "metachat.diary.EntryWritten.v1".equals(Topics.header(record, "ce_type")))
                .map(record -> json.readTree(record.value()).get("entryId").asString())
                .distinct()
                .toList();
        assertThat(published).containsExactlyElementsOf(entries);
        assertThat(last.call(anna, stub -> stub.editEntry(edit(entries.get(0), 1, "Still there.")))
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
                    .mapToObj(i -> writers.submit(() -> write(instances.get(i % 2), "Entry " + i)))
                    .toList();
            List<String> acknowledged = new ArrayList<>();
            for (Future<String> written : writing) {
                acknowledged.add(written.get());
            }
            assertThat(stream().stream()
                            .filter(event -> event.getEventType().equals("metachat.diary.EntryWritten.v1"))
                            .map(event -> content(event).get("entryId").asString()))
                    .containsExactlyInAnyOrderElementsOf(acknowledged);
        } finally {
            writers.shutdownNow();
        }
    }

    @Test
    void shouldGoOnFromASnapshot() {
        RunningDiaryService first = start("metachat.diary.snapshot-every=20");
        List<String> entries =
                IntStream.range(0, 50).mapToObj(i -> write(first, "Entry " + i)).toList();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(read("snapshot-" + diary())).isNotEmpty());
        first.close();

        RunningDiaryService second = start();
        EntryContent edited = second.call(anna, stub -> stub.editEntry(edit(entries.get(0), 1, "After a snapshot.")))
                .value();

        assertThat(edited.getTitle()).isEqualTo("Entry 0");
        assertThat(edited.getRevision()).isEqualTo(2);
        assertThat(read("snapshot-" + diary()).get(0).getUserMetadata())
                .asString(StandardCharsets.UTF_8)
                .contains("axon-snapshot-sequence");
    }

    @Test
    void shouldRefuseWhatTheDiaryRefuses() {
        RunningDiaryService service = start();
        String entry = write(service, "Spring");

        assertThat(code(service, edit(entry, 3, "Lost."))).isEqualTo("revision-mismatch");
        assertThat(code(service, edit(UUID.randomUUID().toString(), 1, "Gone.")))
                .isEqualTo("entry-not-found");
        assertThat(code(service, edit("not-a-uuid", 1, "Gone."))).isEqualTo("validation-failed");
        assertThatThrownBy(() -> service.call(anna, stub -> stub.writeEntry(entry("", "x".repeat(100_001)))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().fieldErrors())
                                .extracting(field -> field.field())
                                .containsExactly("title", "text"));
        service.call(anna, stub -> stub.startSession(StartSessionRequest.getDefaultInstance()));
        assertThatThrownBy(
                        () -> service.call(anna, stub -> stub.startSession(StartSessionRequest.getDefaultInstance())))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("session-already-open"));
        service.call(
                anna,
                stub -> stub.deleteEntry(
                        DeleteEntryRequest.newBuilder().setEntryId(entry).build()));
        assertThat(code(service, edit(entry, 1, "Gone."))).isEqualTo("entry-not-found");
    }

    @Test
    void shouldNotFindTheEntryOfAStranger() {
        RunningDiaryService service = start();
        String entry = write(service, "Spring");
        UserId stranger = new UserId(UUID.randomUUID());

        assertThatThrownBy(() -> service.call(stranger, stub -> stub.editEntry(edit(entry, 1, "Mine."))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("entry-not-found"));
    }

    @Test
    void shouldStartWithNothingThereAndSaySo() throws Exception {
        RunningDiaryService service = RunningDiaryService.start(
                "esdb://127.0.0.1:" + unusedPort() + "?tls=false",
                "127.0.0.1:" + unusedPort(),
                "127.0.0.1:" + unusedPort());
        services.add(service);

        assertThat(service.get("/health").statusCode()).isEqualTo(200);
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(service.get("/ready").statusCode()).isEqualTo(503);
            assertThat(service.get("/ready").body()).contains("eventStore").contains("assandra");
        });
        assertThatThrownBy(() -> service.call(anna, stub -> stub.writeEntry(entry("Spring", "It is warm."))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().category().httpStatus())
                                .isEqualTo(503));
    }

    @Test
    void shouldSayThatItIsReady() {
        RunningDiaryService service = start();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(service.get("/ready").statusCode()).isEqualTo(200));
    }

    private RunningDiaryService start(String... more) {
        String cassandra = CASSANDRA.contactPoint().getHostString() + ":"
                + CASSANDRA.contactPoint().getPort();
        RunningDiaryService service =
                RunningDiaryService.start(server.connectionString(), cassandra, KAFKA.bootstrapServers(), more);
        services.add(service);
        return service;
    }

    private String write(RunningDiaryService service, String title) {
        return service.call(anna, stub -> stub.writeEntry(entry(title, "It is warm.")))
                .value()
                .getEntryId();
    }

    private String code(RunningDiaryService service, EditEntryRequest request) {
        try {
            service.call(anna, stub -> stub.editEntry(request));
            return "accepted";
        } catch (ProblemException refused) {
            return refused.problem().code();
        }
    }

    private static WriteEntryRequest entry(String title, String text) {
        return WriteEntryRequest.newBuilder()
                .setTitle(title)
                .setText(text)
                .addTags("sun")
                .build();
    }

    private static EditEntryRequest edit(String entry, int revision, String text) {
        return EditEntryRequest.newBuilder()
                .setEntryId(entry)
                .setExpectedRevision(revision)
                .setText(text)
                .build();
    }

    private byte[] analysis(String entry, int revision, String model) {
        return analysis(anna, entry, revision, model);
    }

    private byte[] analysis(UserId user, String entry, int revision, String model) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("userId", user.toString());
        result.put("entryId", entry);
        result.put("entryRevision", revision);
        result.put("status", "analysed");
        result.put(
                "emotions",
                Map.of(
                        "joy",
                        0.8,
                        "trust",
                        0.4,
                        "fear",
                        0,
                        "surprise",
                        0.1,
                        "sadness",
                        0,
                        "disgust",
                        0,
                        "anger",
                        0,
                        "anticipation",
                        0.3));
        result.put("dominant", "joy");
        result.put("valence", 0.5);
        result.put("arousal", 0.25);
        result.put("confidence", 0.75);
        result.put("reason", null);
        result.put("topics", List.of(Map.of("name", "nature", "weight", 0.75)));
        result.put("keywords", List.of("warm"));
        result.put("evidence", List.of(Map.of("start", 0, "end", 11)));
        result.put("modelVersion", model);
        result.put("analysedAt", Instant.now().toString());
        return json.writeValueAsBytes(result);
    }

    private String diary() {
        return anna.diary().stream();
    }

    private List<ConsumerRecord<String, byte[]>> published(int count) {
        return topics.await(EVENTS, count, record -> diary().equals(record.key()));
    }

    private List<String> analysedEntries() {
        return stream().stream()
                .filter(event -> event.getEventType().equals("metachat.diary.EntryAnalysed.v1"))
                .map(event -> content(event).get("entryId").asString())
                .toList();
    }

    private List<String> types() {
        return stream().stream().map(RecordedEvent::getEventType).toList();
    }

    private List<RecordedEvent> stream() {
        return read(diary());
    }

    private List<RecordedEvent> read(String stream) {
        try {
            return store.readStream(stream, ReadStreamOptions.get()).get().getEvents().stream()
                    .map(event -> event.getOriginalEvent())
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StreamNotFoundException) {
                return List.of();
            }
            throw new IllegalStateException(e);
        }
    }

    private JsonNode content(RecordedEvent event) {
        return json.readTree(event.getEventData());
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
