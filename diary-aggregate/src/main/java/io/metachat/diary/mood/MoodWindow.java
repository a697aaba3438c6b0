package io.metachat.diary.mood;

import io.metachat.domain.EntryId;
import io.metachat.domain.mood.Analysis;
import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.MoodProfile;
import io.metachat.domain.mood.Topic;
import io.metachat.proto.diary.snapshot.DiaryState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest analysed entries of a diary and the profile that they add up to.
 *
 * <p>An entry's weight halves with every {@link #HALF_LIFE} that it is older than the newest one, and with every
 * {@link #HALF_LIFE_ENTRIES} entries written after it: somebody who writes ten times a day is not still who they were
 * a month ago, and somebody who writes once a month keeps a profile. An entry also counts by how sure the model is of
 * its mood: a text that says little about a mood should not move the profile much. Entries are ordered by when they were written,
 * not by when they were analysed, so the profile does not depend on the order in which analyses arrive. Keeping the
 * entries themselves, and not a running sum, is what lets a new analysis replace an old one and a deleted entry
 * vanish. What falls out of the window had less than 0.4 % of the newest one's weight.
 *
 * <p>Not safe for concurrent use, as an aggregate is not.
 */
public final class MoodWindow {

    static final int SIZE = 256;
    static final Duration HALF_LIFE = Duration.ofDays(30);
    static final int HALF_LIFE_ENTRIES = 32;
    static final int TOPICS = 10;

    /** The least weight of an entry, however unsure the model is: all entries of a person may be such. */
    static final double MIN_WEIGHT = 0.05;

    /** The dispersion of somebody who alternates between two pure emotions counts as no stability at all. */
    private static final double UNSTABLE = Math.sqrt(0.5);

    private static final Comparator<EntryMood> NEWEST_FIRST = Comparator.comparing(EntryMood::writtenAt)
            .reversed()
            .thenComparing(mood -> mood.entryId().value());

    private final List<EntryMood> moods = new ArrayList<>();

    /** Takes an entry's analysis in, in the place of an earlier one. */
    public void put(EntryId entryId, Instant writtenAt, Analysis analysis) {
        remove(entryId);
        moods.add(EntryMood.of(entryId, writtenAt, analysis));
        moods.sort(NEWEST_FIRST);
        if (moods.size() > SIZE) {
            moods.remove(SIZE);
        }
    }

    public void remove(EntryId entryId) {
        moods.removeIf(mood -> mood.entryId().equals(entryId));
    }

    /** The profile; none when no entry is analysed. */
    public Optional<MoodProfile> profile(int entriesAnalysed, Instant now) {
        if (moods.isEmpty()) {
            return Optional.empty();
        }
        double[] weights = weights();
        double[] mean = new double[Emotions.NONE.vector().length];
        double valence = 0;
        double arousal = 0;
        for (int i = 0; i < weights.length; i++) {
            EntryMood mood = moods.get(i);
            add(mean, mood.emotions().vector(), weights[i]);
            valence += weights[i] * mood.valence();
            arousal += weights[i] * mood.arousal();
        }
        return Optional.of(new MoodProfile(
                emotions(mean), valence, arousal, stability(mean, weights), topics(weights), entriesAnalysed, now));
    }

    /** One weight per entry, newest first, summing to 1. */
    private double[] weights() {
        double[] weights = new double[moods.size()];
        Instant newest = moods.get(0).writtenAt();
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double age = Duration.between(moods.get(i).writtenAt(), newest).toMillis() / (double) HALF_LIFE.toMillis();
            weights[i] = Math.pow(0.5, age + i / (double) HALF_LIFE_ENTRIES)
                    * Math.max(MIN_WEIGHT, moods.get(i).confidence());
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    private static void add(double[] sum, double[] vector, double weight) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += weight * vector[k];
        }
    }

    /** Rounding may carry a mean of ones past 1. */
    private static Emotions emotions(double[] mean) {
        double[] bounded = mean.clone();
        for (int k = 0; k < bounded.length; k++) {
            bounded[k] = Math.min(1, bounded[k]);
        }
        return Emotions.of(bounded);
    }

    private double stability(double[] mean, double[] weights) {
        double variance = 0;
        for (int i = 0; i < weights.length; i++) {
            double[] vector = moods.get(i).emotions().vector();
            for (int k = 0; k < mean.length; k++) {
                variance += weights[i] * (vector[k] - mean[k]) * (vector[k] - mean[k]);
            }
        }
        return Math.max(0, 1 - Math.sqrt(variance) / UNSTABLE);
    }

    private List<Topic> topics(double[] weights) {
        Map<String, Double> sums = new HashMap<>();
        for (int i = 0; i < weights.length; i++) {
            List<Topic> topics = moods.get(i).topics();
            // Whatever scale a model uses, one entry has one voice.
            double whole =
                    Math.max(1, topics.stream().mapToDouble(Topic::weight).sum());
            for (Topic topic : topics) {
                sums.merge(topic.name(), weights[i] * topic.weight() / whole, Double::sum);
            }
        }
        return sums.entrySet().stream()
                .map(sum -> new Topic(sum.getKey(), sum.getValue()))
                .sorted(Comparator.comparingDouble(Topic::weight).reversed().thenComparing(Topic::name))
                .limit(TOPICS)
                .toList();
    }

    /** Writes the state for a snapshot. */
    public void save(DiaryState.Builder state) {
        moods.forEach(mood -> state.addMoods(mood.saved()));
    }

    public static MoodWindow restore(DiaryState state) {
        MoodWindow window = new MoodWindow();
        state.getMoodsList().forEach(mood -> window.moods.add(EntryMood.restore(mood)));
        return window;
    }
}
