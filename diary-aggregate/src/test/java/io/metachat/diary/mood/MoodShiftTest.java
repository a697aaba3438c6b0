package io.metachat.diary.mood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.MoodProfile;
import io.metachat.domain.mood.Topic;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MoodShiftTest {

    private static final Instant NOW = Instant.parse("2026-03-01T20:15:30Z");
    private static final MoodProfile TOLD = profile(0.5, 10, new Topic("work", 0.5), new Topic("family", 0.5));

    @Test
    void shouldMeasureTheFirstProfileFromNone() {
        assertThat(MoodShift.distance(null, TOLD)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void shouldTellTheFirstProfileHoweverFaint() {
        assertThat(MoodShift.isDue(null, profile(0.01, 1))).isTrue();
    }

    @Test
    void shouldTellEmotionsThatMovedByMoreThanTheThreshold() {
        assertThat(MoodShift.isDue(TOLD, moved(0.61))).isTrue();
        assertThat(MoodShift.isDue(TOLD, moved(0.59))).isFalse();
    }

    @Test
    void shouldTellTopicsOfWhichMoreThanAQuarterAreOthers() {
        assertThat(MoodShift.isDue(TOLD, profile(0.5, 10, new Topic("work", 0.7), new Topic("family", 0.3))))
                .isFalse();
        assertThat(MoodShift.isDue(TOLD, profile(0.5, 10, new Topic("work", 0.5), new Topic("sport", 0.5))))
                .isTrue();
    }

    @Test
    void shouldTellAProfileThatRestsUponTwiceAsManyEntries() {
        assertThat(MoodShift.isDue(TOLD, profile(0.5, 19, new Topic("work", 0.5), new Topic("family", 0.5))))
                .isFalse();
        assertThat(MoodShift.isDue(TOLD, profile(0.5, 20, new Topic("work", 0.5), new Topic("family", 0.5))))
                .isTrue();
    }

    @Test
    void shouldTellOnceThatNothingIsLeft() {
        MoodProfile none = MoodShift.none(NOW);
        assertThat(MoodShift.isDue(TOLD, none)).isTrue();
        assertThat(MoodShift.isDue(none, none)).isFalse();
        assertThat(MoodShift.isDue(null, none)).isFalse();
        assertThat(MoodShift.isDue(none, TOLD)).isTrue();
    }

    private static MoodProfile moved(double joy) {
        return profile(joy, 10, new Topic("work", 0.5), new Topic("family", 0.5));
    }

    private static MoodProfile profile(double joy, int entries, Topic... topics) {
        return new MoodProfile(new Emotions(joy, 0, 0, 0, 0, 0, 0, 0), 0, 0, 1, List.of(topics), entries, NOW);
    }
}
