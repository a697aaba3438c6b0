package io.metachat.kafka.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.metachat.embedded.kafka.EmbeddedKafkaExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;

class SubscriptionIT {

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private static final String TYPE = "mood.Analysed.v1";

    private final Topic topic = new Topic(KAFKA.bootstrapServers(), KAFKA.unique("analyses-" + System.nanoTime()));
    private final List<NotesApplication> applications = new ArrayList<>();

    /** Records handled events; fails as the text demands. */
    static class Consumer {

        private final List<ReceivedEvent> handled = new CopyOnWriteArrayList<>();
        private final List<String> around = new CopyOnWriteArrayList<>();
        private final AtomicInteger failuresLeft = new AtomicInteger(3);

        @Bean
        CloudEventSubscription analyses(@Value("${topic}") String topic) {
            return CloudEventSubscription.to(topic)
                    .as("notes")
                    .on(TYPE, this::handle)
                    .transientWhen(failure -> !(failure instanceof IllegalArgumentException))
                    .build();
        }

        @Bean
        ReceivedEventInterceptor correlation() {
            return (event, handling) -> {
                around.add(event.extensions().getOrDefault("correlationid", "none"));
                handling.proceed();
            };
        }

        private void handle(ReceivedEvent event) throws Exception {
            switch (new String(event.data(), StandardCharsets.UTF_8)) {
                case "malformed" -> throw new MalformedEventException("The entry has no revision");
                case "defect" -> throw new IllegalArgumentException("personal text");
                case "passing" -> {
                    if (failuresLeft.getAndDecrement() > 0) {
                        throw new IOException("the store is down");
                    }
                }
                default -> {}
            }
            handled.add(event);
        }
    }

    @AfterEach
    void closeApplications() {
        applications.forEach(NotesApplication::close);
    }

    @BeforeAll
    static void waitLongOnABusyMachine() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    @Test
    void shouldDeliverCompleteEventsInOrder() {
        Consumer consumer = start();
        for (int i = 0; i < 20; i++) {
            write("event-" + i, "text " + i);
        }

        await().untilAsserted(() -> assertThat(consumer.handled).hasSize(20));
        assertThat(consumer.handled).extracting(ReceivedEvent::id).isEqualTo(ids(0, 20));
        assertThat(consumer.handled.get(0)).satisfies(event -> {
            assertThat(event.type()).isEqualTo(TYPE);
            assertThat(event.source()).isEqualTo("/mood");
            assertThat(event.subject()).isEqualTo("diary-1");
            assertThat(event.time()).isEqualTo("2026-01-02T03:04:05Z");
            assertThat(event.data()).asString(StandardCharsets.UTF_8).isEqualTo("text 0");
            assertThat(event.extensions()).containsEntry("correlationid", "order-7");
        });
        assertThat(consumer.around).hasSize(20).containsOnly("order-7");
    }

    @Test
    void shouldDeadLetterMalformedRecordsWithAReasonAndContinue() {
        Consumer consumer = start();
        topic.write("diary-1", "{}", Map.of("content-type", "application/json"));
        topic.write("diary-1", "{}", Map.of("ce_specversion", "1.0", "ce_id", "x", "ce_type", TYPE));
        write("event-1", "malformed");
        write("event-2", "defect");
        write("event-3", "fine");

        await().untilAsserted(() ->
                assertThat(consumer.handled).extracting(ReceivedEvent::id).containsExactly("event-3"));
        List<ConsumerRecord<String, byte[]>> letters = new Topic(topic.brokers(), topic.name() + ".dlq").read(4);
        assertThat(letters)
                .extracting(letter -> Topic.headers(letter).get(DeadLetters.REASON))
                .satisfiesExactlyInAnyOrder(
                        reason -> assertThat(reason).startsWith("Not a CloudEvent"),
                        reason -> assertThat(reason).startsWith("Not a CloudEvent"),
                        reason -> assertThat(reason).isEqualTo("The entry has no revision"),
                        reason -> assertThat(reason).isEqualTo("java.lang.IllegalArgumentException"));
        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.key()).isEqualTo("diary-1");
            assertThat(letter.value()).isNotEmpty();
            assertThat(Topic.headers(letter))
                    .containsEntry(DeadLetters.TOPIC, topic.name())
                    .containsKeys(DeadLetters.PARTITION, DeadLetters.OFFSET);
        });
    }

    @Test
    void shouldRetryATransientFailureWithoutSkipping() {
        Consumer consumer = start();
        write("event-0", "before");
        write("event-1", "passing");
        write("event-2", "after");

        await().untilAsserted(() ->
                assertThat(consumer.handled).extracting(ReceivedEvent::id).isEqualTo(ids(0, 3)));
        assertThat(consumer.failuresLeft).hasNegativeValue();
    }

    @Test
    void shouldResumeAfterTheLastOffsetAndSkipOtherTypes() {
        Consumer first = start();
        write("event-0", "text");
        await().untilAsserted(() -> assertThat(first.handled).hasSize(1));
        applications.remove(0).close();

        topic.write("diary-1", "{}", attributes("other", "mood.Other.v1"));
        write("event-1", "text");
        Consumer second = start();

        await().untilAsserted(() -> assertThat(second.handled).hasSize(1));
        assertThat(second.handled).extracting(ReceivedEvent::id).containsExactly("event-1");
    }

    @Test
    void shouldShareATopicAndTakeOverTheLeaversPartitions() {
        Consumer first = start();
        Consumer second = start();
        for (int i = 0; i < 40; i++) {
            topic.write("diary-" + i, "text", attributes("event-" + i, TYPE));
            if (i == 20) {
                applications.remove(0).close();
            }
        }

        await().untilAsserted(() -> {
            Set<String> handled = new HashSet<>();
            first.handled.forEach(event -> handled.add(event.id()));
            second.handled.forEach(event -> handled.add(event.id()));
            assertThat(handled).containsExactlyInAnyOrderElementsOf(ids(0, 40));
        });
    }

    private Consumer start() {
        NotesApplication application = new NotesApplication(
                Consumer.class,
                "topic=" + topic.name(),
                "kafka.relay.brokers=" + topic.brokers(),
                "kafka.relay.consumer.initial-backoff=20ms");
        applications.add(application);
        return application.bean(Consumer.class);
    }

    private void write(String id, String text) {
        topic.write("diary-1", text, attributes(id, TYPE));
    }

    private static Map<String, String> attributes(String id, String type) {
        return Map.of(
                "ce_specversion", "1.0",
                "ce_id", id,
                "ce_type", type,
                "ce_source", "/mood",
                "ce_subject", "diary-1",
                "ce_time", "2026-01-02T03:04:05Z",
                "ce_correlationid", "order-7",
                "content-type", "application/json");
    }

    private static List<String> ids(int from, int to) {
        List<String> ids = new ArrayList<>();
        for (int i = from; i < to; i++) {
            ids.add("event-" + i);
        }
        return ids;
    }
}
