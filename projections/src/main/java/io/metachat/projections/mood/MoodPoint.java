package io.metachat.projections.mood;

import static io.metachat.projections.table.Values.orEmpty;
import static io.metachat.projections.table.Values.orZero;

import io.metachat.domain.mood.Emotions;
import io.metachat.projections.mood.MoodTables.MoodRow;
import java.time.Instant;
import java.util.Map;

/** The mood of one analysed entry, as small as timelines and statistics need it. */
public record MoodPoint(
        Instant writtenAt, Emotions emotions, double valence, double arousal, Map<String, Double> topics) {

    /** Whether the row's entry is analysed, at its current revision, in a language that the model knows. */
    static boolean isAnalysed(MoodRow row) {
        return row.moodRevision() != null
                && row.moodRevision().equals(row.revision())
                && "ANALYSED".equals(row.moodStatus());
    }

    static MoodPoint of(MoodRow row) {
        return new MoodPoint(
                row.writtenAt(),
                MoodColumns.emotions(orEmpty(row.emotions())),
                orZero(row.valence()),
                orZero(row.arousal()),
                orEmpty(row.topics()));
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
