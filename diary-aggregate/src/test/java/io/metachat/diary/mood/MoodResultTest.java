package io.metachat.diary.mood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.domain.diary.RecordAnalysis;
import io.metachat.domain.mood.Analysis;
import io.metachat.domain.mood.Emotion;
import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.TextSpan;
import io.metachat.domain.mood.Topic;
import io.metachat.kafka.relay.MalformedEventException;
import io.metachat.service.json.EventJson;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MoodResultTest {

    private static final String RESULT = """
            {
              "userId": "0b8f6a3e-7c55-4f52-9d9e-1d2f0a6a1c01",
              "entryId": "0b8f6a3e-7c55-4f52-9d9e-1d2f0a6a1c02",
              "entryRevision": 2,
              "status": "analysed",
              "emotions": {"joy": 0.8, "trust": 0.4, "fear": 0, "surprise": 0.1, "sadness": 0, "disgust": 0, "anger": 0,
                           "anticipation": 0.3},
              "dominant": "joy",
              "valence": 0.5,
              "arousal": 0.25,
              "confidence": 0.75,
              "reason": null,
              "topics": [{"name": "nature", "weight": 0.75}],
              "keywords": ["warm"],
              "evidence": [{"start": 0, "end": 11}],
              "modelVersion": "2026.03-1",
              "analysedAt": "2026-03-01T20:15:30.123456Z",
              "addedLater": true
            }
            """;

    private final JsonMapper json = EventJson.mapper();

    @Test
    void shouldBecomeACommandToTheDiary() {
        RecordAnalysis command = json.readValue(RESULT, MoodResult.class).command();

        assertThat(command.target()).isEqualTo("diary-0b8f6a3e-7c55-4f52-9d9e-1d2f0a6a1c01");
        assertThat(command.entryId().value()).isEqualTo(UUID.fromString("0b8f6a3e-7c55-4f52-9d9e-1d2f0a6a1c02"));
        assertThat(command.entryRevision()).isEqualTo(2);
        Analysis analysis = command.analysis();
        assertThat(analysis.status()).isEqualTo(Analysis.Status.ANALYSED);
        assertThat(analysis.emotions()).isEqualTo(new Emotions(0.8, 0.4, 0, 0.1, 0, 0, 0, 0.3));
        assertThat(analysis.dominant()).isEqualTo(Emotion.JOY);
        assertThat(analysis.topics()).containsExactly(new Topic("nature", 0.75));
        assertThat(analysis.keywords()).containsExactly("warm");
        assertThat(analysis.evidence()).containsExactly(new TextSpan(0, 11));
        assertThat(analysis.modelVersion()).isEqualTo("2026.03-1");
        assertThat(analysis.analysedAt()).isEqualTo(Instant.parse("2026-03-01T20:15:30.123Z"));
    }

    @Test
    void shouldTakeAnUnsupportedText() {
        RecordAnalysis command = changed(result -> {
                    result.put("status", "unsupported");
                    result.put("reason", "language");
                    result.putNull("dominant");
                })
                .command();

        assertThat(command.analysis().status()).isEqualTo(Analysis.Status.UNSUPPORTED);
        assertThat(command.analysis().dominant()).isNull();
        assertThat(command.analysis().reason()).isEqualTo("language");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userId",
                "entryId",
                "entryRevision",
                "status",
                "emotions",
                "valence",
                "arousal",
                "confidence",
                "topics",
                "keywords",
                "evidence",
                "modelVersion",
                "analysedAt"
            })
    void shouldRefuseAResultWithout(String field) {
        refused(field, result -> result.remove(field));
    }

    @ParameterizedTest
    @CsvSource({
        "status, '\"maybe\"'",
        "entryRevision, 0",
        "dominant, '\"JOY\"'",
        "valence, -1.1",
        "arousal, 1.1",
        "confidence, -0.1",
        "reason, '\" \"'",
        "topics, '[{\"name\": \"\", \"weight\": 0.5}]'",
        "topics, '[{\"name\": \"work\", \"weight\": 1.5}]'",
        "topics, '[null]'",
        "keywords, '[\"\"]'",
        "evidence, '[null]'",
        "modelVersion, '\"\"'"
    })
    void shouldRefuseAResultOutOfBounds(String field, String value) {
        refused(field, result -> result.set(field, json.readTree(value)));
    }

    @Test
    void shouldRefuseAnEmotionThatIsMissingOrNoProbability() {
        refused("emotions.anger", result -> ((ObjectNode) result.get("emotions")).remove("anger"));
        refused("emotions.joy", result -> ((ObjectNode) result.get("emotions")).put("joy", 1.5));
    }

    @Test
    void shouldRefuseMoreThanAnEntryCanHave() {
        refused("keywords", result -> {
            for (int i = 0; i < 101; i++) {
                result.withArray("keywords").add("word");
            }
        });
        refused("reason", result -> result.put("reason", "x".repeat(1_001)));
    }

    @Test
    void shouldKeepOfTheEvidenceWhatFitsIntoAnEvent() {
        RecordAnalysis command = changed(result -> {
                    for (int i = 0; i < 2_000; i++) {
                        result.withArray("evidence").addObject().put("start", i).put("end", i + 1);
                    }
                })
                .command();

        assertThat(command.analysis().evidence()).hasSize(1_000);
    }

    private void refused(String field, Consumer<ObjectNode> change) {
        assertThatThrownBy(() -> changed(change).command())
                .isInstanceOf(MalformedEventException.class)
                .hasMessage("The field " + field + " is missing or out of bounds");
    }

    private MoodResult changed(Consumer<ObjectNode> change) {
        ObjectNode result = (ObjectNode) json.readTree(RESULT);
        change.accept(result);
        return json.treeToValue(result, MoodResult.class);
    }
}
