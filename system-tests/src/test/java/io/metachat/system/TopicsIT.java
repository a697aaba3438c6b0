package io.metachat.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The topics as any other program sees them. */
@ExtendWith(SystemExtension.class)
class TopicsIT {

    private static final String ENTRIES = "metachat.diary.events";
    private static final String ANALYSES = "metachat.mood.analyses";
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final MetaChatSystem system = SystemExtension.system();

    @Test
    void shouldPutAsideWhatIsMalformedAndGoOn() throws Exception {
        Diarist ada = Diarist.joins(system, "topics");
        String key = "diary-" + ada.userId();
        String marker = UUID.randomUUID().toString();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", system.brokers()), new StringSerializer(), new StringSerializer())) {
            for (String topic : List.of(ENTRIES, ANALYSES)) {
                // Ahead of the entry in its own partition: whoever does not go on never sees the entry.
                producer.send(new ProducerRecord<>(topic, key, "{ not json " + marker))
                        .get(30, TimeUnit.SECONDS);
            }
        }

        String entry = ada.writes("After", "I am happy that this is read although nonsense came before it.");

        assertThat(ada.awaitMood(entry).at("/status").stringValue()).isEqualTo("analysed");
        for (String topic : List.of(ENTRIES, ANALYSES)) {
            assertThat(await(topic + ".dlq", key)).first().satisfies(letter -> {
                assertThat(letter.value()).contains(marker);
                assertThat(header(letter, "dlq_reason")).isNotBlank();
            });
        }
    }

    @Test
    void shouldTellAnyConsumerWhatHappened() {
        Diarist ben = Diarist.joins(system, "consumer");
        String entry = ben.writes("Read by others", "I am happy that other programs can read what happens.");
        ben.awaitMood(entry);

        for (Map.Entry<String, String> expected : Map.of(
                        ENTRIES, "metachat.diary.EntryWritten.v1",
                        ANALYSES, "metachat.mood.EntryAnalysed.v1")
                .entrySet()) {
            assertThat(await(expected.getKey(), "diary-" + ben.userId()))
                    .filteredOn(event -> expected.getValue().equals(header(event, "ce_type")))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(header(event, "ce_specversion")).isEqualTo("1.0");
                        assertThat(header(event, "ce_id")).isNotBlank();
                        assertThat(header(event, "ce_subject")).isEqualTo("diary-" + ben.userId());
                        assertThat(header(event, "content-type")).startsWith("application/json");
                        assertThat(event.value()).contains(entry);
                    });
        }
    }

    /** Everything under a key, once there is something. */
    private List<ConsumerRecord<String, String>> await(String topic, String key) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                system.brokers(),
                "group.id",
                "test-" + UUID.randomUUID(),
                "auto.offset.reset",
                "earliest");
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            Awaitility.await().pollInSameThread().atMost(WITHIN).until(() -> {
                int before = found.size();
                consumer.poll(Duration.ofMillis(500)).forEach(event -> {
                    if (key.equals(event.key())) {
                        found.add(event);
                    }
                });
                return !found.isEmpty() && found.size() == before;
            });
        }
        return found;
    }

    private static String header(ConsumerRecord<String, String> event, String name) {
        return event.headers().lastHeader(name) == null
                ? ""
                : new String(event.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
