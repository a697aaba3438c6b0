package io.metachat.projections;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.datastax.oss.driver.api.core.CqlSession;
import io.metachat.axon.cassandra.CassandraConnection;
import io.metachat.axon.cassandra.deadletter.CassandraDeadLetterQueue;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.user.event.UserForgotten;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDbExtension;
import io.metachat.proto.v1.ListEntriesRequest;
import io.metachat.service.security.Caller;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An event that cannot be projected: a tag longer than Cassandra takes for a key. */
@ExtendWith(EmbeddedEventStoreDbExtension.class)
class DeadLetterIT {

    @RegisterExtension
    static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();

    private static final String LETTERS = "/operations/projections/entries/dead-letters";
    private static final Set<String> OPERATOR = Set.of(Caller.OPERATOR);
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final String TOO_LONG = "x".repeat(70_000);

    private static RunningService service;

    private final Diarist ada = Diarist.named("ada");
    private final Diarist bob = Diarist.named("bob");

    @BeforeAll
    static void start(EmbeddedEventStoreDb eventStore) {
        service = RunningService.start(
                        eventStore.connectionString(),
                        "127.0.0.1:" + CASSANDRA.server().port(),
                        CASSANDRA.keyspace())
                .awaitReady();
    }

    @AfterAll
    static void stop() {
        service.close();
        // Many tables at once are more than the small server of all test classes can hold.
        CASSANDRA.server().execute("DROP KEYSPACE " + CASSANDRA.keyspace());
    }

    @Test
    void shouldParkItAndWhatFollowsOfTheSamePersonAndGoOnWithOthers() {
        EntryWritten poison = ada.wrote(Diarist.entry(), NOON, TOO_LONG);
        EntryWritten good = ada.wrote(Diarist.entry(), NOON.plusSeconds(1), "work");
        EntryWritten others = bob.wrote(Diarist.entry(), NOON, "work");
        service.append(ada.id().diary(), poison, good);
        service.append(bob.id().diary(), others);

        awaitListed(bob, others);
        JsonNode letters = awaitLetters(ada, 2);
        assertThat(letters.at("/letters/0/type").asString()).isEqualTo("EntryWritten");
        assertThat(letters.at("/letters/0/cause").asString()).contains("RefusedWrite");
        assertThat(letters.at("/letters/1").has("cause")).isFalse();
        assertThat(letters.toString()).doesNotContain("xxx", "Some text", "work");

        String sequence = LETTERS + "/" + ada.id();
        HttpResponse<String> shown = service.operate("GET", sequence, OPERATOR);
        assertThat(shown.body())
                .contains("(29 characters)", "(1 values, the longest of 70000 characters)")
                .contains(poison.entryId().toString(), good.entryId().toString())
                .doesNotContain("xxx", "Some text", "work");
        assertThat(service.operate("POST", sequence + "/retry", OPERATOR).body())
                .contains("false");
        String poisonId = letters.at("/letters/0/eventId").asString();
        assertThat(service.operate("DELETE", sequence + "/" + poisonId, OPERATOR)
                        .statusCode())
                .isEqualTo(204);
        assertThat(service.operate("DELETE", sequence + "/" + poisonId, OPERATOR)
                        .statusCode())
                .isEqualTo(404);
        assertThat(service.operate("POST", sequence + "/retry", OPERATOR).body())
                .contains("true");

        assertThat(service.operate("GET", sequence, OPERATOR).statusCode()).isEqualTo(404);

        // What of the poisoned event could be written was written.
        awaitListed(ada, good, poison);
        EntryWritten next = ada.wrote(Diarist.entry(), NOON.plusSeconds(2));
        service.append(ada.id().diary(), next);
        awaitListed(ada, next, good, poison);
    }

    @Test
    void shouldReadALetterThatWasParkedBeforeItsClassMoved() {
        EntryWritten poison = ada.wrote(Diarist.entry(), NOON, TOO_LONG);
        service.append(ada.id().diary(), poison);
        String poisonId = awaitLetters(ada, 1).at("/letters/0/eventId").asString();
        String letter = "%s.dead_letter WHERE processing_group = 'projection-entries-v1' AND sequence_id = '%s'"
                .formatted(CASSANDRA.keyspace(), ada.id());
        CqlSession session = service.bean(CassandraConnection.class).session();
        assertThat(session.execute("SELECT payload_type FROM " + letter).one().getString(0))
                .isEqualTo("metachat.diary.EntryWritten");
        session.execute("UPDATE "
                + letter.replace(" WHERE", " SET payload_type = 'io.metachat.domain.diary.EntryWritten' WHERE")
                + " AND letter_index = 0");

        assertThat(awaitLetters(ada, 1).at("/letters/0/type").asString()).isEqualTo("EntryWritten");
        String sequence = LETTERS + "/" + ada.id();
        assertThat(service.operate("GET", sequence, OPERATOR).body())
                .contains(poison.entryId().toString());
        assertThat(service.operate("POST", sequence + "/retry", OPERATOR).body())
                .contains("false");
        assertThat(letters(ada).at("/letters/0/cause").asString()).contains("RefusedWrite");
        assertThat(service.operate("DELETE", sequence + "/" + poisonId, OPERATOR)
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void shouldKeepNoLetterOfWhomIsForgotten() {
        service.append(ada.id().diary(), ada.wrote(Diarist.entry(), NOON, TOO_LONG));
        awaitLetters(ada, 1);

        service.append(ada.id(), new UserForgotten(ada.id(), NOON));

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                service.operate("GET", LETTERS, OPERATOR).body())
                        .doesNotContain(ada.id().toString()));
    }

    @Test
    void shouldNameTheCorrelationOfAnEventInWhatIsLoggedMeanwhile() {
        Logger parking = (Logger) LoggerFactory.getLogger(CassandraDeadLetterQueue.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        parking.addAppender(lines);
        try {
            service.appendCorrelated(ada.id().diary(), "request-of-ada", ada.wrote(Diarist.entry(), NOON, TOO_LONG));
            awaitLetters(ada, 1);
        } finally {
            parking.detachAppender(lines);
        }

        assertThat(lines.list)
                .filteredOn(line -> line.getFormattedMessage().contains(ada.id().toString()))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line.getMDCPropertyMap()).containsEntry("correlationId", "request-of-ada"));
    }

    private static JsonNode awaitLetters(Diarist person, int count) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> letters(person), letters -> letters.at("/letters").size() == count);
    }

    private static JsonNode letters(Diarist person) {
        HttpResponse<String> response = service.operate("GET", LETTERS, OPERATOR);
        assertThat(response.statusCode()).isEqualTo(200);
        for (JsonNode sequence : JsonMapper.shared().readTree(response.body())) {
            if (sequence.at("/sequence").asString().equals(person.id().toString())) {
                return sequence;
            }
        }
        return JsonMapper.shared().createObjectNode();
    }

    private static void awaitListed(Diarist person, EntryWritten... entries) {
        List<String> expected = List.of(entries).stream()
                .map(entry -> entry.entryId().toString())
                .toList();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(service.as(person.id(), 0)
                                .listEntries(ListEntriesRequest.getDefaultInstance())
                                .getItemsList())
                        .extracting(entry -> entry.getContent().getEntryId())
                        .isEqualTo(expected));
    }
}
