package io.metachat.projections.mood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.GetTimeline.Granularity;
import io.metachat.proto.v1.TimelinePoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineFoldTest {

    @Test
    void shouldMakeOnePointPerPeriodThatHasMoods() {
        List<TimelinePoint> days = fold(
                Granularity.DAY,
                mood("2026-03-01T00:00:00Z", 0.2, -0.5),
                mood("2026-03-01T23:59:59.999Z", 0.4, 0.5),
                mood("2026-03-05T12:00:00Z", 0.9, 0.8));

        assertThat(days).hasSize(2);
        assertThat(days.get(0).getEntries()).isEqualTo(2);
        assertThat(days.get(0).getEmotions().getJoy()).isEqualTo(0.3, within(1e-12));
        assertThat(days.get(0).getValence()).isZero();
        assertThat(days.get(0).getVolatility()).isEqualTo(0.2, within(1e-12));
        assertThat(days.get(1).getVolatility()).isZero();
        assertThat(days.get(1).getTrend()).isEqualTo(0.8, within(1e-12));
    }

    @Test
    void shouldMeasureVolatilityWithinAPeriodOnly() {
        List<TimelinePoint> days = fold(
                Granularity.DAY,
                mood("2026-03-01T10:00:00Z", 0.1, 0),
                mood("2026-03-02T10:00:00Z", 0.9, 0),
                mood("2026-03-02T11:00:00Z", 0.8, 0),
                mood("2026-03-02T12:00:00Z", 0.5, 0));

        assertThat(days.get(1).getVolatility()).isEqualTo(0.2, within(1e-12));
    }

    @Test
    void shouldHaveNoDominantEmotionWhereThereIsNone() {
        TimelinePoint point =
                fold(Granularity.DAY, mood("2026-03-01T10:00:00Z", 0, 0)).get(0);

        assertThat(point.hasDominant()).isFalse();
    }

    @Test
    void shouldMakeNothingOfNothing() {
        assertThat(fold(Granularity.MONTH)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-03-01T23:59:59Z, 2026-03-01T00:00:00Z, 2026-03-02T00:00:00Z",
        "WEEK, 2026-03-01T23:59:59Z, 2026-02-23T00:00:00Z, 2026-03-02T00:00:00Z",
        "WEEK, 2026-03-02T00:00:00Z, 2026-03-02T00:00:00Z, 2026-03-09T00:00:00Z",
        "WEEK, 2027-01-01T00:00:00Z, 2026-12-28T00:00:00Z, 2027-01-04T00:00:00Z",
        "MONTH, 2028-02-29T12:00:00Z, 2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z"
    })
    void shouldCutTimeIntoDaysWeeksFromMondayAndMonths(
            Granularity granularity, Instant time, Instant from, Instant to) {
        Period period = Period.of(granularity, time);

        assertThat(period.start()).isEqualTo(from);
        assertThat(period.end()).isEqualTo(to);
    }

    private static List<TimelinePoint> fold(Granularity granularity, MoodPoint... moods) {
        TimelineFold fold = new TimelineFold(granularity);
        List.of(moods).forEach(fold::add);
        return fold.points();
    }

    private static MoodPoint mood(String time, double joy, double valence) {
        return new MoodPoint(Instant.parse(time), new Emotions(joy, 0, 0, 0, 0, 0, 0, 0), valence, 0.5, Map.of());
    }
}
