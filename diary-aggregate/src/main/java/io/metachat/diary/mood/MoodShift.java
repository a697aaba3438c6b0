package io.metachat.diary.mood;

import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.MoodProfile;
import io.metachat.domain.mood.Topic;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When a profile has changed enough to be told. It has when its emotions have moved by {@link #EMOTIONS} (Euclidean),
 * when {@link #TOPICS} of its topics are others, or when it rests upon twice as many entries as the one that was told
 * last: early on, stability and topics settle while the mean hardly moves.
 */
public final class MoodShift {

    static final double EMOTIONS = 0.1;
    static final double TOPICS = 0.25;
    private static final int GROWTH = 2;

    private MoodShift() {}

    /** Nothing is left to make a profile from. */
    public static MoodProfile none(Instant now) {
        return new MoodProfile(Emotions.NONE, 0, 0, 0, List.of(), 0, now);
    }

    /** How far the emotions have moved; from none, when nothing was told yet. */
    public static double distance(@Nullable MoodProfile told, MoodProfile current) {
        double[] before =
                told == null ? Emotions.NONE.vector() : told.emotions().vector();
        double[] after = current.emotions().vector();
        double sum = 0;
        for (int k = 0; k < after.length; k++) {
            sum += (after[k] - before[k]) * (after[k] - before[k]);
        }
        return Math.sqrt(sum);
    }

    /** Whether {@code current} must be told. */
    public static boolean isDue(@Nullable MoodProfile told, MoodProfile current) {
        if (told == null || told.entriesAnalysed() == 0) {
            return current.entriesAnalysed() > 0;
        }
        return current.entriesAnalysed() == 0
                || distance(told, current) > EMOTIONS
                || topicDistance(told.topics(), current.topics()) > TOPICS
                || current.entriesAnalysed() >= GROWTH * told.entriesAnalysed();
    }

    /** The share of the profile that is about something else: half the sum of the weights' differences. */
    private static double topicDistance(List<Topic> told, List<Topic> current) {
        Map<String, Double> differences = new HashMap<>();
        told.forEach(topic -> differences.merge(topic.name(), topic.weight(), Double::sum));
        current.forEach(topic -> differences.merge(topic.name(), -topic.weight(), Double::sum));
        return differences.values().stream().mapToDouble(Math::abs).sum() / 2;
    }
}
