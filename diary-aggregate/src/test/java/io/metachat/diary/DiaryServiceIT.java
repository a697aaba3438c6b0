package io.metachat.diary;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.RecordedEvent;
import io.metachat.domain.UserId;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDbExtension;
import io.metachat.embedded.kafka.EmbeddedKafkaExtension;
import io.metachat.proto.v1.DeleteEntryRequest;
import io.metachat.proto.v1.EditEntryRequest;
import io.metachat.proto.v1.EntryContent;
import io.metachat.proto.v1.StartSessionRequest;
import io.metachat.service.error.ProblemException;
import io.metachat.service.grpc.Answer;
import io.metachat.service.json.EventJson;
import io.metachat.service.security.Caller;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One instance with the real servers around it: calls in, events in the store and on the topic, analyses back. */
@ExtendWith(EmbeddedEventStoreDbExtension.class)
class DiaryServiceIT {

    @RegisterExtension
    static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private static final List<String> OUTCOMES =
            List.of("recorded", "repeated", "unknown_entry", "stale_revision", "unknown_diary");

    private static RunningDiaryService service;

    private final JsonMapper json = EventJson.mapper();
    private DiaryWorld world;

    @BeforeAll
    static void start(EmbeddedEventStoreDb server) {
        service = RunningDiaryService.start(server.connectionString(), CASSANDRA, KAFKA.bootstrapServers());
        service.awaitReady();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void open(EventStoreDBClient store) {
        world = new DiaryWorld(store, KAFKA.bootstrapServers());
    }

    @Test
    void shouldCarryAnEntryToTheTopicAndItsAnalysisBack() {
        Answer<EntryContent> written =
                service.call(world.anna, stub -> stub.writeEntry(DiaryWorld.entry("Spring", "It is warm.")));

        assertThat(world.types()).containsExactly("metachat.diary.DiaryOpened.v1", "metachat.diary.EntryWritten.v1");
        RecordedEvent stored = world.stream().get(1);
        assertThat(written.position()).hasValue(stored.getPosition().getCommitUnsigned());
        assertThat(world.content(stored).get("entryId").asString())
                .isEqualTo(written.value().getEntryId());
        assertThat(world.content(stored).get("text").asString()).isEqualTo("It is warm.");

        ConsumerRecord<String, byte[]> published = world.published(2).get(1);
        assertThat(published.key()).isEqualTo(world.diary());
        assertThat(Topics.header(published, "ce_type")).isEqualTo("metachat.diary.EntryWritten.v1");
        assertThat(Topics.header(published, "ce_source")).isEqualTo("/metachat/diary-service");
        assertThat(Topics.header(published, "ce_position"))
                .isEqualTo(Long.toString(stored.getPosition().getCommitUnsigned()));
        assertThat(json.readTree(published.value())).isEqualTo(world.content(stored));

        String correlation = Topics.header(published, "ce_correlationid");
        world.topics.send(
                DiaryWorld.ANALYSES,
                world.diary(),
                DiaryWorld.ANALYSED,
                world.analysis(written.value().getEntryId(), 1, "model-1"),
                "ce_correlationid",
                correlation);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(world.types())
                        .containsExactly(
                                "metachat.diary.DiaryOpened.v1",
                                "metachat.diary.EntryWritten.v1",
                                "metachat.diary.EntryAnalysed.v1",
                                "metachat.diary.MoodProfileShifted.v1"));
        JsonNode metadata = json.readTree(world.stream().get(2).getUserMetadata());
        assertThat(metadata.get("$correlationId").asString()).isEqualTo(correlation);
    }

    @Test
    void shouldRecordARedeliveredAnalysisOnceAndIgnoreWhatItDoesNotKnow() {
        String entry = world.write(service, "Spring");
        byte[] analysis = world.analysis(entry, 1, "model-1");
        UserId stranger = new UserId(UUID.randomUUID());
        Map<String, Double> before = OUTCOMES.stream().collect(toMap(outcome -> outcome, service::analyses));

        world.topics.send(DiaryWorld.ANALYSES, world.diary(), DiaryWorld.ANALYSED, analysis);
        world.topics.send(DiaryWorld.ANALYSES, world.diary(), DiaryWorld.ANALYSED, analysis);
        world.topics.send(
                DiaryWorld.ANALYSES,
                world.diary(),
                DiaryWorld.ANALYSED,
                world.analysis(UUID.randomUUID().toString(), 1, "model-1"));
        world.topics.send(DiaryWorld.ANALYSES, world.diary(), DiaryWorld.ANALYSED, world.analysis(entry, 7, "model-1"));
        world.topics.send(
                DiaryWorld.ANALYSES,
                stranger.diary().stream(),
                DiaryWorld.ANALYSED,
                world.analysis(stranger, UUID.randomUUID().toString(), 1, "model-1"));

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(OUTCOMES)
                        .allSatisfy(outcome -> assertThat(service.analyses(outcome))
                                .as(outcome)
                                .isEqualTo(before.get(outcome) + 1)));
        assertThat(world.types()).containsOnlyOnce("metachat.diary.EntryAnalysed.v1");
    }

    @Test
    void shouldSetAMalformedAnalysisAsideAndGoOn() {
        String entry = world.write(service, "Spring");

        world.topics.send(
                DiaryWorld.ANALYSES,
                world.diary(),
                DiaryWorld.ANALYSED,
                "{\"userId\":".getBytes(StandardCharsets.UTF_8));
        world.topics.send(
                DiaryWorld.ANALYSES,
                "diary-" + UUID.randomUUID(),
                DiaryWorld.ANALYSED,
                world.analysis(entry, 1, "model-1"));
        world.topics.send(DiaryWorld.ANALYSES, world.diary(), DiaryWorld.ANALYSED, world.analysis(entry, 1, "model-1"));

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(world.types()).contains("metachat.diary.EntryAnalysed.v1"));
        assertThat(world.topics.await(DiaryWorld.ANALYSES + ".dlq", 2, record -> true))
                .extracting(letter -> Topics.header(letter, "dlq_reason"))
                .contains(
                        "The content is not the JSON of a mood result",
                        "The subject is not the diary of the content's user");
    }

    @Test
    void shouldRefuseWhatTheDiaryRefuses() {
        String entry = world.write(service, "Spring");

        assertThat(code(DiaryWorld.edit(entry, 3, "Lost."))).isEqualTo("revision-mismatch");
        assertThat(code(DiaryWorld.edit(UUID.randomUUID().toString(), 1, "Gone.")))
                .isEqualTo("entry-not-found");
        assertThat(code(DiaryWorld.edit("not-a-uuid", 1, "Gone."))).isEqualTo("validation-failed");
        assertThatThrownBy(() ->
                        service.call(world.anna, stub -> stub.writeEntry(DiaryWorld.entry("", "x".repeat(100_001)))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().fieldErrors())
                                .extracting(field -> field.field())
                                .containsExactly("title", "text"));
        service.call(world.anna, stub -> stub.startSession(StartSessionRequest.getDefaultInstance()));
        assertThatThrownBy(() ->
                        service.call(world.anna, stub -> stub.startSession(StartSessionRequest.getDefaultInstance())))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("session-already-open"));
        service.call(
                world.anna,
                stub -> stub.deleteEntry(
                        DeleteEntryRequest.newBuilder().setEntryId(entry).build()));
        assertThat(code(DiaryWorld.edit(entry, 1, "Gone."))).isEqualTo("entry-not-found");
    }

    @Test
    void shouldNotFindTheEntryOfAStranger() {
        String entry = world.write(service, "Spring");
        UserId stranger = new UserId(UUID.randomUUID());

        assertThatThrownBy(() -> service.call(stranger, stub -> stub.editEntry(DiaryWorld.edit(entry, 1, "Mine."))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("entry-not-found"));
    }

    @Test
    void shouldPublishCurrentEntriesOnceMoreSoThatANewModelTakesOver() throws Exception {
        world.write(service, "Before");
        Instant since = world.stream().get(1).getCreated().plusNanos(1);
        String kept = world.write(service, "Kept");
        String edited = world.write(service, "Edited");
        service.call(world.anna, stub -> stub.editEntry(DiaryWorld.edit(edited, 1, "It is cold.")));
        String deleted = world.write(service, "Deleted");
        service.call(
                world.anna,
                stub -> stub.deleteEntry(
                        DeleteEntryRequest.newBuilder().setEntryId(deleted).build()));
        analyse(kept, 1, "model-1");
        List<ConsumerRecord<String, byte[]>> firstTime = world.published(8);

        HttpResponse<String> started = service.operation("POST", "/reanalysis?since=" + since, Caller.OPERATOR);

        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(reanalysis().path("state").asString()).isEqualTo("DONE"));
        assertThat(reanalysis().path("published").asLong())
                .isEqualTo(reanalysis().path("entries").asLong())
                .isGreaterThanOrEqualTo(2);
        List<ConsumerRecord<String, byte[]>> again = world.topics.await(
                DiaryWorld.EVENTS,
                2,
                event -> world.diary().equals(event.key()) && Topics.header(event, "ce_republished") != null);
        assertThat(again).extracting(this::entryAndRevision).containsExactly(kept + " 1", edited + " 2");
        assertThat(again)
                .allSatisfy(event -> assertThat(firstTime).anySatisfy(first -> {
                    assertThat(Topics.header(first, "ce_id")).isEqualTo(Topics.header(event, "ce_id"));
                    assertThat(first.value()).isEqualTo(event.value());
                }));

        analyse(kept, 1, "model-2");
        double repeated = service.analyses("repeated");
        analyse(kept, 1, "model-2", "repeated", repeated);
        assertThat(models()).containsExactly("model-1", "model-2");
    }

    @Test
    void shouldLetOnlyOperatorsAskForAReanalysisAndForOneAtATime() throws Exception {
        assertThat(service.operation("POST", "/reanalysis?since=2026-01-01T00:00:00Z")
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> refused = service.operation("POST", "/reanalysis?since=yesterday", Caller.OPERATOR);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("\"since\"").doesNotContain("yesterday");
    }

    private void analyse(String entry, int revision, String model) {
        analyse(entry, revision, model, "recorded", service.analyses("recorded"));
    }

    private void analyse(String entry, int revision, String model, String outcome, double before) {
        world.topics.send(
                DiaryWorld.ANALYSES, world.diary(), DiaryWorld.ANALYSED, world.analysis(entry, revision, model));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(service.analyses(outcome)).isEqualTo(before + 1));
    }

    private List<String> models() {
        return world.stream().stream()
                .filter(event -> event.getEventType().equals("metachat.diary.EntryAnalysed.v1"))
                .map(event -> world.content(event).at("/analysis/modelVersion").asString())
                .toList();
    }

    private JsonNode reanalysis() throws Exception {
        return json.readTree(
                service.operation("GET", "/reanalysis", Caller.OPERATOR).body());
    }

    private String entryAndRevision(ConsumerRecord<String, byte[]> event) {
        JsonNode content = json.readTree(event.value());
        return content.path("entryId").asString() + " "
                + content.path("revision").asInt();
    }

    private String code(EditEntryRequest request) {
        try {
            service.call(world.anna, stub -> stub.editEntry(request));
            return "accepted";
        } catch (ProblemException refused) {
            return refused.problem().code();
        }
    }
}
