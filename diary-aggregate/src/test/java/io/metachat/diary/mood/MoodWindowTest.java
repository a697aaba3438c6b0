package io.metachat.diary.mood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.metachat.domain.EntryId;
import io.metachat.domain.mood.Analysis;
import io.metachat.domain.mood.Emotion;
import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.MoodProfile;
import io.metachat.domain.mood.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MoodWindowTest {

    private static final Instant NOW = Instant.parse("2026-03-01T20:15:30Z");
    private static final Emotions JOY = pure(Emotion.JOY);
    private static final Emotions SADNESS = pure(Emotion.SADNESS);

    private final MoodWindow window = new MoodWindow();

    @Test
    void shouldHaveNoProfileWithoutEntries() {
        assertThat(window.profile(0, NOW)).isEmpty();
    }

    @Test
    void shouldHalveAnEntrysWeightWithEveryHalfLife() {
        add(JOY, NOW);
        add(SADNESS, NOW.minus(MoodWindow.HALF_LIFE));

        double order = Math.pow(0.5, 1.0 / MoodWindow.HALF_LIFE_ENTRIES);
        assertThat(profile().emotions().joy()).isCloseTo(1 / (1 + order / 2), within(1e-12));
    }

    @Test
    void shouldHalveAnEntrysWeightWithEveryThirtyTwoEntriesAfterIt() {
        for (int i = 0; i < MoodWindow.HALF_LIFE_ENTRIES; i++) {
            add(JOY, NOW);
        }
        add(SADNESS, NOW.minusMillis(1));

        double newer = 0;
        for (int i = 0; i < MoodWindow.HALF_LIFE_ENTRIES; i++) {
            newer += Math.pow(0.5, i / (double) MoodWindow.HALF_LIFE_ENTRIES);
        }
        assertThat(profile().emotions().sadness()).isCloseTo(0.5 / (newer + 0.5), within(1e-9));
    }

    @Test
    void shouldCountLessWhatTheModelIsUnsureOf() {
        window.put(entry(), NOW, analysis(JOY, 0.25));
        window.put(entry(), NOW.minusMillis(1), analysis(SADNESS, 1));

        double order = Math.pow(0.5, 1.0 / MoodWindow.HALF_LIFE_ENTRIES);
        assertThat(profile().emotions().joy()).isCloseTo(0.25 / (0.25 + order), within(1e-9));
    }

    @Test
    void shouldHaveAProfileOfEntriesThatTheModelIsNotSureOfAtAll() {
        window.put(entry(), NOW, analysis(JOY, 0));

        assertThat(profile().emotions()).isEqualTo(JOY);
    }

    @Test
    void shouldNotDependOnTheOrderInWhichAnalysesArrive() {
        Random random = new Random(7);
        List<EntryMood> moods = new ArrayList<>();
        for (int i = 0; i < MoodWindow.SIZE; i++) {
            moods.add(new EntryMood(
                    entry(),
                    NOW.minus(Duration.ofHours(random.nextInt(2_000))),
                    random.nextBoolean() ? JOY : SADNESS,
                    0,
                    0,
                    1,
                    List.of()));
        }
        MoodProfile inOrder = fill(new MoodWindow(), moods);
        Collections.shuffle(moods, random);

        assertThat(fill(new MoodWindow(), moods)).isEqualTo(inOrder);
    }

    @Test
    void shouldReplaceAnEntrysEarlierMood() {
        EntryId entry = entry();
        window.put(entry, NOW, analysis(JOY));
        window.put(entry, NOW, analysis(SADNESS));

        assertThat(profile().emotions()).isEqualTo(SADNESS);
        assertThat(profile().stability()).isEqualTo(1);
    }

    @Test
    void shouldForgetARemovedEntry() {
        EntryId entry = entry();
        add(SADNESS, NOW);
        window.put(entry, NOW, analysis(JOY));
        window.remove(entry);

        assertThat(profile().emotions()).isEqualTo(SADNESS);
    }

    @Test
    void shouldHaveNoStabilityBetweenTwoPureEmotions() {
        for (int i = 0; i < 10; i++) {
            add(i % 2 == 0 ? JOY : SADNESS, NOW.minusSeconds(i));
        }
        assertThat(profile().stability()).isCloseTo(0, within(0.01));
    }

    @Test
    void shouldBeStableWhenEveryEntryFeelsAlike() {
        for (int i = 0; i < 10; i++) {
            add(JOY, NOW.minusSeconds(i));
        }
        assertThat(profile().stability()).isCloseTo(1, within(1e-9));
        assertThat(profile().emotions().joy()).isCloseTo(1, within(1e-9));
    }

    @Test
    void shouldWeighTopicsAndNameTheHeaviestFirst() {
        window.put(entry(), NOW, analysis(JOY, new Topic("work", 0.25), new Topic("family", 0.75)));
        window.put(entry(), NOW.minusSeconds(1), analysis(JOY, new Topic("work", 1)));

        assertThat(profile().topics()).extracting(Topic::name).containsExactly("work", "family");
        assertThat(profile().topics().stream().mapToDouble(Topic::weight).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void shouldGiveOneEntryOneVoiceWhateverScaleItsTopicsHave() {
        window.put(entry(), NOW, analysis(JOY, new Topic("work", 1), new Topic("family", 1)));

        assertThat(profile().topics()).containsExactly(new Topic("family", 0.5), new Topic("work", 0.5));
    }

    @Test
    void shouldNameTenTopicsAtMost() {
        for (int i = 0; i < 15; i++) {
            window.put(entry(), NOW.minusSeconds(i), analysis(JOY, new Topic("topic-" + i, 0.5)));
        }
        assertThat(profile().topics()).hasSize(MoodWindow.TOPICS);
    }

    @Test
    void shouldStayBoundedAndKeepTheNewest() {
        for (int i = 0; i < MoodWindow.SIZE; i++) {
            add(JOY, NOW.plusSeconds(i));
        }
        add(SADNESS, NOW.minusSeconds(1));

        assertThat(profile().emotions().sadness()).isZero();
    }

    private void add(Emotions emotions, Instant writtenAt) {
        window.put(entry(), writtenAt, analysis(emotions));
    }

    private MoodProfile profile() {
        return window.profile(1, NOW).orElseThrow();
    }

    private static MoodProfile fill(MoodWindow window, List<EntryMood> moods) {
        moods.forEach(mood -> window.put(mood.entryId(), mood.writtenAt(), analysis(mood.emotions())));
        return window.profile(moods.size(), NOW).orElseThrow();
    }

    private static EntryId entry() {
        return new EntryId(UUID.randomUUID());
    }

    private static Emotions pure(Emotion emotion) {
        double[] vector = Emotions.NONE.vector();
        vector[emotion.ordinal()] = 1;
        return Emotions.of(vector);
    }

    private static Analysis analysis(Emotions emotions, Topic... topics) {
        return analysis(emotions, 1, topics);
    }

    private static Analysis analysis(Emotions emotions, double confidence, Topic... topics) {
        return new Analysis(
                Analysis.Status.ANALYSED,
                emotions,
                Emotion.JOY,
                0,
                0,
                confidence,
                null,
                List.of(topics),
                List.of(),
                List.of(),
                "model",
                NOW);
    }
}
