package io.metachat.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MoodChartTest {

    @Test
    void shouldDrawTheDominantEmotionAndNameTheNextTwo() {
        String mood = """
                {"status": "analysed", "dominant": "joy", "valence": 0.5, "arousal": 0.25, "emotions":
                 {"joy": 0.75, "trust": 0.3, "fear": 0.0, "surprise": 0.2, "sadness": 0.05, "disgust": 0.0,
                  "anger": 0.0, "anticipation": 0.4}}""";

        assertThat(MoodChart.line(new JsonMapper().readTree(mood)))
                .isEqualTo("joy          █████████··· 0.75  valence +0.50  arousal 0.25"
                        + "  also anticipation 0.40, trust 0.30");
    }

    @Test
    void shouldSayWhyAnEntryWasNotAnalysed() {
        String mood = "{\"status\": \"unsupported\", \"reason\": \"not English\"}";

        assertThat(MoodChart.line(new JsonMapper().readTree(mood))).isEqualTo("not analysed: not English");
    }

    @Test
    void shouldKeepABarWithinItsWidth() {
        assertThat(MoodChart.bar(7)).isEqualTo("████████████");
        assertThat(MoodChart.bar(-1)).isEqualTo("············");
    }
}
