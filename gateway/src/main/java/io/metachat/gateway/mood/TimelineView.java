package io.metachat.gateway.mood;

import io.metachat.gateway.http.Timestamps;
import io.metachat.proto.Fields;
import io.metachat.proto.v1.Timeline;
import io.metachat.proto.v1.TimelinePoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mood over time, a point per period that has entries. */
record TimelineView(String granularity, List<Point> points) {

    /** One period. */
    record Point(
            @Nullable Instant from,
            @Nullable Instant to,
            EmotionsView emotions,
            @Nullable String dominant,
            double valence,
            double arousal,
            double volatility,
            double trend,
            int entries) {

        static Point of(TimelinePoint point) {
            return new Point(
                    Timestamps.instant(point.hasFrom(), point.getFrom()),
                    Timestamps.instant(point.hasTo(), point.getTo()),
                    EmotionsView.of(point.getEmotions()),
                    Fields.orNull(point.hasDominant(), point::getDominant),
                    point.getValence(),
                    point.getArousal(),
                    point.getVolatility(),
                    point.getTrend(),
                    point.getEntries());
        }
    }

    static TimelineView of(Timeline timeline) {
        return new TimelineView(
                timeline.getGranularity(),
                timeline.getPointsList().stream().map(Point::of).toList());
    }
}
