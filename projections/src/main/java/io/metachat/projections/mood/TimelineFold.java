package io.metachat.projections.mood;

import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.GetTimeline.Granularity;
import io.metachat.projections.page.Times;
import io.metachat.proto.v1.TimelinePoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folds moods, given in the order of time, into one point per period that has any: means of emotions, valence and
 * arousal; as volatility the mean distance between consecutive moods of the period; as trend the change of the mean
 * valence against the point before.
 */
final class TimelineFold {

    private final Granularity granularity;
    private final List<TimelinePoint> points = new ArrayList<>();
    private @Nullable Sum current;

    TimelineFold(Granularity granularity) {
        this.granularity = granularity;
    }

    void add(MoodPoint mood) {
        Period period = Period.of(granularity, mood.writtenAt());
        if (current == null || !current.period.equals(period)) {
            finish();
            current = new Sum(period);
        }
        current.add(mood);
    }

    List<TimelinePoint> points() {
        finish();
        return List.copyOf(points);
    }

    private void finish() {
        if (current != null) {
            TimelinePoint before = points.isEmpty() ? null : points.get(points.size() - 1);
            points.add(current.point(before));
            current = null;
        }
    }

    /** What the moods of one period add up to. */
    private static final class Sum {

        private final Period period;
        private final double[] emotions = new double[Emotions.NONE.vector().length];
        private double valence;
        private double arousal;
        private double distance;
        private int moods;
        private @Nullable MoodPoint last;

        private Sum(Period period) {
            this.period = period;
        }

        private void add(MoodPoint mood) {
            double[] vector = mood.emotions().vector();
            for (int i = 0; i < emotions.length; i++) {
                emotions[i] += vector[i];
            }
            valence += mood.valence();
            arousal += mood.arousal();
            if (last != null) {
                distance += last.distance(mood);
            }
            last = mood;
            moods++;
        }

        private TimelinePoint point(@Nullable TimelinePoint before) {
            Emotions mean = mean();
            double meanValence = valence / moods;
            TimelinePoint.Builder point = TimelinePoint.newBuilder()
                    .setFrom(Times.timestamp(period.start()))
                    .setTo(Times.timestamp(period.end()))
                    .setEmotions(MoodMessages.emotions(mean))
                    .setValence(meanValence)
                    .setArousal(arousal / moods)
                    .setVolatility(moods == 1 ? 0 : distance / (moods - 1))
                    .setTrend(before == null ? 0 : meanValence - before.getValence())
                    .setEntries(moods);
            mean.dominant().ifPresent(dominant -> point.setDominant(MoodColumns.word(dominant)));
            return point.build();
        }

        private Emotions mean() {
            double[] mean = new double[emotions.length];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = Math.min(1, emotions[i] / moods);
            }
            return Emotions.of(mean);
        }
    }
}
