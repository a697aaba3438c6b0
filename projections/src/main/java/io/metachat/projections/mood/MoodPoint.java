package io.metachat.projections.mood;

import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.domain.mood.Emotions;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The mood of one analysed entry, as small as timelines and statistics need it. */
public record MoodPoint(
        Instant writtenAt, Emotions emotions, double valence, double arousal, Map<String, Double> topics) {

    /** Whether the row's entry is analysed, at its current revision, in a language that the model knows. */
    static boolean isAnalysed(Row row) {
        return !row.isNull("revision")
                && !row.isNull("mood_revision")
                && row.getInt("mood_revision") == row.getInt("revision")
                && "ANALYSED".equals(row.getString("mood_status"));
    }

    static MoodPoint of(Row row) {
        List<Double> emotions = MoodMessages.list(row, "emotions", Double.class);
        Map<String, Double> topics = row.getMap("topics", String.class, Double.class);
        return new MoodPoint(
                row.getInstant("written_at"),
                MoodColumns.emotions(emotions),
                row.getDouble("valence"),
                row.getDouble("arousal"),
                topics == null ? Map.of() : topics);
    }

    /** How far apart two moods are: the Euclidean distance of their emotions, as for shifts of the profile. */
    double distance(MoodPoint other) {
        double[] mine = emotions.vector();
        double[] theirs = other.emotions.vector();
        double sum = 0;
        for (int i = 0; i < mine.length; i++) {
            sum += (mine[i] - theirs[i]) * (mine[i] - theirs[i]);
        }
        return Math.sqrt(sum);
    }
}
