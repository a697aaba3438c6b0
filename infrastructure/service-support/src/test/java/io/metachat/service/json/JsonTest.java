package io.metachat.service.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.axonframework.extensions.kafka.eventhandling.consumer.streamable.KafkaTrackingToken;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class JsonTest {

    private static final UUID ID = UUID.fromString("6f1c1f1e-6c1d-4b0e-9a6a-2f9d3c1b7a55");

    private final JsonMapper events = EventJson.mapper();
    private final JsonMapper bodies = StrictJson.mapper();

    record NoteId(UUID value) {}

    record NoteWritten(NoteId noteId, @Nullable String title, List<String> tags, Instant writtenAt, int wordCount) {}

    record NewNote(
            @Nullable String title,
            @Nullable List<String> tags,
            @Nullable Integer words,
            @Nullable Kind kind) {}

    enum Kind {
        SHORT,
        LONG
    }

    /** A snapshot: state in private fields, nothing for Jackson. */
    static final class Notebook {
        private final Map<NoteId, Integer> revisions = new HashMap<>();
        private final List<String> tags = new ArrayList<>();
        private @Nullable NoteId open;
    }

    @Test
    void shouldWriteEventsAsAgreed() {
        NoteWritten event =
                new NoteWritten(new NoteId(ID), null, List.of("a"), Instant.parse("2026-01-02T03:04:05.678Z"), 7);

        String json = events.writeValueAsString(event);

        assertThat(json)
                .isEqualTo(
                        "{\"noteId\":\"" + ID
                                + "\",\"title\":null,\"tags\":[\"a\"],\"writtenAt\":\"2026-01-02T03:04:05.678Z\",\"wordCount\":7}");
        assertThat(events.readValue(json, NoteWritten.class)).isEqualTo(event);
    }

    @Test
    void shouldReadEventsOfNewerCode() {
        assertThat(events.readValue("{\"noteId\":\"" + ID + "\",\"added\":1,\"wordCount\":7}", NoteWritten.class))
                .isEqualTo(new NoteWritten(new NoteId(ID), null, null, null, 7));
    }

    @Test
    void shouldKeepTheStateOfAnObjectWithoutAnnotations() {
        Notebook notebook = new Notebook();
        notebook.revisions.put(new NoteId(ID), 3);
        notebook.tags.add("a");
        notebook.open = new NoteId(ID);

        Notebook read = events.readValue(events.writeValueAsString(notebook), Notebook.class);

        assertThat(read.revisions).isEqualTo(notebook.revisions);
        assertThat(read.tags).isEqualTo(notebook.tags);
        assertThat(read.open).isEqualTo(notebook.open);
    }

    @Test
    void shouldReadTheTokenOfAKafkaConsumer() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(AxonJsonAutoConfiguration.class))
                .run(context -> {
                    Jackson3Serializer serializer = Jackson3Serializer.builder()
                            .jsonMapperBuilderCustomizer(context.getBean(Jackson3SerializerCustomizer.class))
                            .build();
                    KafkaTrackingToken token =
                            KafkaTrackingToken.newInstance(Map.of(new TopicPartition("metachat.diary-events", 3), 42L));
                    SerializedObject<byte[]> written = serializer.serialize(token, byte[].class);

                    assertThat(serializer.<byte[], KafkaTrackingToken>deserialize(written))
                            .isEqualTo(token);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"title\":\"t\",\"unknown\":1}",
                "{\"title\":7}",
                "{\"title\":true}",
                "{\"title\":[\"t\"]}",
                "{\"words\":\"7\"}",
                "{\"words\":7.5}",
                "{\"words\":7.0}",
                "{\"words\":true}",
                "{\"words\":99999999999}",
                "{\"kind\":0}",
                "{\"kind\":\"OTHER\"}",
                "{\"tags\":\"a\"}",
                "{\"tags\":{\"a\":1}}",
                "{\"title\":\"a\",\"title\":\"b\"}",
                "{\"title\":\"a\"} {}",
                "{\"title\":",
                "[]",
                "7",
                ""
            })
    void shouldRefuseBodiesThatAreNotWhatIsAskedFor(String json) {
        assertThatThrownBy(() -> bodies.readValue(json, NewNote.class)).isInstanceOf(JacksonException.class);
    }

    @Test
    void shouldRefuseDeepNesting() {
        String json = "{\"tags\":" + "[".repeat(100) + "]".repeat(100) + "}";

        assertThatThrownBy(() -> bodies.readTree(json)).isInstanceOf(JacksonException.class);
    }

    @Test
    void shouldReadBodiesWithAbsentFields() {
        assertThat(bodies.readValue("{\"title\":\"t\"}", NewNote.class)).isEqualTo(new NewNote("t", null, null, null));
    }
}
