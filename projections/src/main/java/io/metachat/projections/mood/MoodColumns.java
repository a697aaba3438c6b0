package io.metachat.projections.mood;

import io.metachat.domain.mood.Emotion;
import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.TextSpan;
import io.metachat.domain.mood.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How moods stand in columns. */
public final class MoodColumns {

    private static final Comparator<Topic> HEAVIEST_FIRST =
            Comparator.comparingDouble(Topic::weight).reversed().thenComparing(Topic::name);

    private MoodColumns() {}

    /** The eight probabilities in the order of {@link Emotion}. */
    public static List<Double> emotions(Emotions emotions) {
        List<Double> column = new ArrayList<>(Emotion.values().length);
        for (double probability : emotions.vector()) {
            column.add(probability);
        }
        return column;
    }

    public static Emotions emotions(List<Double> column) {
        return Emotions.of(column.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The emotion's name as clients know it. */
    public static String word(Emotion emotion) {
        return emotion.name().toLowerCase(Locale.ROOT);
    }

    public static @Nullable String dominant(@Nullable Emotion emotion) {
        return emotion == null ? null : word(emotion);
    }

    public static Map<String, Double> topics(List<Topic> topics) {
        Map<String, Double> column = new LinkedHashMap<>();
        topics.forEach(topic -> column.merge(topic.name(), topic.weight(), Double::sum));
        return column;
    }

    /** The heaviest first. */
    public static List<Topic> topics(Map<String, Double> column) {
        return column.entrySet().stream()
                .map(topic -> new Topic(topic.getKey(), topic.getValue()))
                .sorted(HEAVIEST_FIRST)
                .toList();
    }

    /** Start, end, start, end, and so on. */
    public static List<Integer> evidence(List<TextSpan> spans) {
        List<Integer> column = new ArrayList<>(2 * spans.size());
        for (TextSpan span : spans) {
            column.add(span.start());
            column.add(span.end());
        }
        return column;
    }

    public static List<TextSpan> spans(List<Integer> evidence) {
        List<TextSpan> spans = new ArrayList<>(evidence.size() / 2);
        for (int i = 0; i + 1 < evidence.size(); i += 2) {
            spans.add(new TextSpan(evidence.get(i), evidence.get(i + 1)));
        }
        return spans;
    }
}
