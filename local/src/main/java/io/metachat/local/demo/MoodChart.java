package io.metachat.local.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Formats a mood in one line: a bar for the dominant emotion, then the next emotions by name. */
final class MoodChart {

    private static final int BAR_WIDTH = 12;
    private static final int EMOTIONS_NAMED = 2;
    private static final double WORTH_NAMING = 0.1;

    private MoodChart() {}

    /** @param mood an entry's mood or a portrait; both have emotions, dominant, valence and arousal */
    static String line(JsonNode mood) {
        if (mood.path("status").asString("").equals("unsupported")) {
            return "not analysed: " + mood.path("reason").asString("no reason given");
        }
        String dominant = mood.path("dominant").asString("none");
        double strength = mood.get("emotions").path(dominant).asDouble(0);
        return "%-12s %s %.2f  valence %+.2f  arousal %.2f%s"
                .formatted(
                        dominant,
                        bar(strength),
                        strength,
                        mood.get("valence").asDouble(),
                        mood.get("arousal").asDouble(),
                        others(mood.get("emotions"), dominant));
    }

    static String bar(double share) {
        int filled = (int) Math.round(Math.max(0, Math.min(1, share)) * BAR_WIDTH);
        return "█".repeat(filled) + "·".repeat(BAR_WIDTH - filled);
    }

    private static String others(JsonNode emotions, String dominant) {
        List<Map.Entry<String, Double>> rest = new ArrayList<>();
        emotions.properties().forEach(emotion -> {
            double strength = emotion.getValue().asDouble();
            if (!emotion.getKey().equals(dominant) && strength >= WORTH_NAMING) {
                rest.add(Map.entry(emotion.getKey(), strength));
            }
        });
        rest.sort(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()));
        List<String> named = rest.stream()
                .limit(EMOTIONS_NAMED)
                .map(emotion -> String.format(Locale.ROOT, "%s %.2f", emotion.getKey(), emotion.getValue()))
                .toList();
        return named.isEmpty() ? "" : "  also " + String.join(", ", named);
    }
}
