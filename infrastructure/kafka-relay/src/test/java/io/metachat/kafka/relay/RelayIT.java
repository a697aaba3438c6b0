package io.metachat.kafka.relay;

import static io.metachat.kafka.relay.NotesApplication.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.embedded.kafka.EmbeddedKafka;
import io.metachat.embedded.kafka.EmbeddedKafkaExtension;
import io.metachat.kafka.relay.NotesApplication.NoteBroken;
import io.metachat.kafka.relay.NotesApplication.NoteDropped;
import io.metachat.kafka.relay.NotesApplication.NoteWritten;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.api.Assertions;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.annotation.Bean;

class RelayIT {

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private final String topic = KAFKA.unique("notes-" + System.nanoTime());
    private final List<NotesApplication> applications = new ArrayList<>();

    /** Publishes only the identifier of a note. */
    static class OnlyIdentifiers {
        @Bean
        RelayedContent content() {
            return event -> event.getPayload() instanceof NoteWritten note
                    ? Optional.of(Map.of("id", note.id()))
                    : Optional.empty();
        }
    }

    @AfterEach
    void closeApplications() {
        applications.forEach(NotesApplication::close);
    }

    @Test
    void shouldPublishAnEventAsACloudEvent() {
        DomainEventMessage<?> written = event("note-1", 0, new NoteWritten("1", "Grüße"))
                .andMetaData(Map.of(
                        "$correlationId", "order-7",
                        "$causationId", "command-9",
                        "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                        "userName", "never leaves"));
        start(NotesApplication.Plain.class).store().publish(written);

        ConsumerRecord<String, byte[]> record = topic().read(1).get(0);
        assertThat(record.key()).isEqualTo("note-1");
        assertThat(text(record)).isEqualTo("{\"id\":\"1\",\"text\":\"Grüße\"}");
        assertThat(Topic.headers(record))
                .containsEntry("ce_id", written.getIdentifier())
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_type", "notes.NoteWritten.v1")
                .containsEntry("ce_source", "/notes")
                .containsEntry("ce_subject", "note-1")
                .containsEntry("ce_position", "0")
                .containsEntry("ce_correlationid", "order-7")
                .containsEntry("ce_causationid", "command-9")
                .containsEntry("ce_traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .containsEntry("content-type", "application/json")
                .doesNotContainValue("never leaves");
        assertThat(OffsetDateTime.parse(Topic.headers(record).get("ce_time")).toInstant())
                .isEqualTo(written.getTimestamp());
    }

    @Test
    void shouldPublishEachAggregatesEventsInOrder() {
        NotesApplication application = start(NotesApplication.Plain.class);
        for (int sequence = 0; sequence < 100; sequence++) {
            for (int note = 0; note < 5; note++) {
                application.store().publish(event("note-" + note, sequence, new NoteWritten("" + sequence, "text")));
            }
        }

        List<ConsumerRecord<String, byte[]>> records = topic().read(500);

        assertThat(records).hasSize(500);
        for (int note = 0; note < 5; note++) {
            assertThat(sequencesOf("note-" + note, records))
                    .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
        }
    }

    @Test
    void shouldRepublishEventsWithTheSameIdentifier() throws InterruptedException {
        DomainEventMessage<?> written = event("note-1", 0, new NoteWritten("1", "text"));
        NotesApplication application = start(NotesApplication.Plain.class, "kafka.relay.max-record-size=20KB");
        application.store().publish(written);
        ConsumerRecord<String, byte[]> first = topic().read(1).get(0);

        application
                .bean(EventRepublisher.class)
                .republish(List.of(
                        event("elsewhere-1", 0, new NoteWritten("1", "no route")),
                        event("note-1", 1, new NoteWritten("1", "x".repeat(30_000))),
                        event("note-1", 2, new NoteBroken("1")),
                        written));

        ConsumerRecord<String, byte[]> again = topic().read(2).get(1);
        assertThat(again.key()).isEqualTo(first.key());
        assertThat(text(again)).isEqualTo(text(first));
        assertThat(Topic.headers(first)).doesNotContainKey("ce_republished");
        assertThat(Topic.headers(again))
                .containsEntry("ce_id", written.getIdentifier())
                .containsEntry("ce_republished", "true");
        assertThat(new Topic(KAFKA.bootstrapServers(), topic + ".dlq").read(2)).hasSize(2);
    }

    @Test
    void shouldPublishOnlyRoutedEvents() {
        NotesApplication application =
                start(NotesApplication.Plain.class, "kafka.relay.routes[0].events=notes.NoteWritten.v1");
        application.store().publish(event("note-1", 0, new NoteDropped("1")));
        application.store().publish(event("user-1", 0, new NoteWritten("2", "of another category")));
        application.store().publish(event("note-1", 1, new NoteWritten("3", "routed")));

        assertThat(topic().read(1))
                .singleElement()
                .satisfies(record -> assertThat(text(record)).contains("routed"));
    }

    @Test
    void shouldPublishTheContentThatTheApplicationSelects() {
        NotesApplication application = start(OnlyIdentifiers.class);
        application.store().publish(event("note-1", 0, new NoteDropped("1")));
        application.store().publish(event("note-1", 1, new NoteWritten("2", "personal")));

        ConsumerRecord<String, byte[]> record = topic().read(1).get(0);
        assertThat(text(record)).isEqualTo("{\"id\":\"2\"}");
        assertThat(Topic.headers(record)).containsEntry("ce_type", "notes.NoteWritten.v1");
    }

    @Test
    void shouldDeadLetterUnpublishableEventsAndContinue() {
        NotesApplication application = start(NotesApplication.Plain.class, "kafka.relay.max-record-size=20KB");
        application.store().publish(event("note-1", 0, new NoteWritten("1", "x".repeat(30_000))));
        application.store().publish(event("note-1", 1, new NoteBroken("2")));
        application.store().publish(event("note-1", 2, new NoteWritten("3", "small")));

        assertThat(topic().read(1))
                .singleElement()
                .satisfies(record -> assertThat(text(record)).contains("small"));
        List<ConsumerRecord<String, byte[]>> letters = new Topic(KAFKA.bootstrapServers(), topic + ".dlq").read(2);
        assertThat(letters)
                .extracting(letter -> Topic.headers(letter).get(DeadLetters.REASON))
                .containsExactlyInAnyOrder("The record is too large", "The event cannot be written as JSON");
        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.key()).isEqualTo("note-1");
            assertThat(Topic.headers(letter))
                    .containsEntry(DeadLetters.TOPIC, topic)
                    .containsKeys("ce_id", "ce_position");
        });
    }

    @Test
    void shouldKeepAllEventsInOrderAcrossOutagesOfTheBroker() {
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().start()) {
            String brokers = kafka.bootstrapServers();
            kafka.stop();
            NotesApplication application = startWith(brokers, NotesApplication.Plain.class);
            Assertions.assertThatCode(() -> publish(application, 0, 200)).doesNotThrowAnyException();

            kafka.start();
            new Topic(brokers, topic).read(100);
            publish(application, 200, 300);
            kafka.kill();
            publish(application, 300, 400);
            kafka.start();

            List<ConsumerRecord<String, byte[]>> records = new Topic(brokers, topic)
                    .readUntil(read -> sequencesOf("note-0", read).size() == 400);
            assertThat(sequencesOf("note-0", records))
                    .containsExactlyElementsOf(IntStream.range(0, 400).boxed().toList());
        }
    }

    private static void publish(NotesApplication application, int from, int to) {
        for (int sequence = from; sequence < to; sequence++) {
            application.store().publish(event("note-0", sequence, new NoteWritten("" + sequence, "text")));
        }
    }

    // At least once: a redelivered event has the same id and does not count.
    private static Set<Integer> sequencesOf(String note, List<ConsumerRecord<String, byte[]>> records) {
        return records.stream()
                .filter(record -> record.key().equals(note))
                .map(record -> Integer.valueOf(Topic.headers(record).get("ce_axonmessageaggregateseq")))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private NotesApplication start(Class<?> more, String... settings) {
        return startWith(KAFKA.bootstrapServers(), more, settings);
    }

    private NotesApplication startWith(String brokers, Class<?> more, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("kafka.relay.brokers=" + brokers);
        all.add("kafka.relay.routes[0].aggregates=note-");
        all.add("kafka.relay.routes[0].topic=" + topic);
        NotesApplication application = new NotesApplication(more, all.toArray(String[]::new));
        applications.add(application);
        return application;
    }

    private Topic topic() {
        return new Topic(KAFKA.bootstrapServers(), topic);
    }

    private static String text(ConsumerRecord<String, byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }
}
