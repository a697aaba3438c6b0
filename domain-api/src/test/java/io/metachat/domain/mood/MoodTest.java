package io.metachat.domain.mood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.domain.UserId;
import io.metachat.domain.mood.GetTimeline.Granularity;
import io.metachat.domain.refusal.DomainException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoodTest {

    @Test
    void shouldListEmotionsInPlutchiksOrder() {
        Emotions emotions = new Emotions(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8);

        assertThat(emotions.vector()).containsExactly(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8);
        assertThat(emotions.of(Emotion.SADNESS)).isEqualTo(0.5);
        assertThat(Emotions.of(emotions.vector())).isEqualTo(emotions);
        assertThat(emotions.dominant()).contains(Emotion.ANTICIPATION);
    }

    @Test
    void shouldHaveNoDominantEmotionWithoutAny() {
        assertThat(Emotions.NONE.dominant()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void shouldRefuseWhatIsNoProbability(double joy) {
        assertThatThrownBy(() -> new Emotions(joy, 0, 0, 0, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseAVectorOfAnotherLength() {
        assertThatThrownBy(() -> Emotions.of(new double[7])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseAnAnalysisOutOfBounds() {
        assertThatThrownBy(() -> analysis(1.1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> analysis(0, -0.1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> analysis(0, 0, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThat(analysis(-1, 1, 1).toString()).doesNotContain("secret");
    }

    @Test
    void shouldRefuseASpanThatIsTurnedRound() {
        assertThatThrownBy(() -> new TextSpan(3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TextSpan(-1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new TextSpan(2, 2).end()).isEqualTo(2);
    }

    @Test
    void shouldRefuseATimelineThatIsTurnedRoundOrTooLong() {
        UserId anna = new UserId(UUID.randomUUID());
        LocalDate day = LocalDate.of(2026, 3, 1);
        assertThat(new GetTimeline(anna, Granularity.DAY, day.minusYears(10).plusDays(1), day))
                .isNotNull();
        assertThatThrownBy(() -> new GetTimeline(anna, Granularity.DAY, day.plusDays(1), day))
                .isInstanceOf(DomainException.class);
        assertThatThrownBy(() -> new GetTimeline(anna, Granularity.DAY, day.minusYears(10), day))
                .isInstanceOf(DomainException.class);
    }

    private static Analysis analysis(double valence, double arousal, double confidence) {
        return new Analysis(
                Analysis.Status.ANALYSED,
                Emotions.NONE,
                null,
                valence,
                arousal,
                confidence,
                null,
                List.of(),
                List.of("secret"),
                List.of(),
                "model",
                Instant.EPOCH);
    }
}
