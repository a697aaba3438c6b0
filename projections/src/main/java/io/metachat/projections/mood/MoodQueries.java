package io.metachat.projections.mood;

import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.domain.UserId;
import io.metachat.domain.mood.GetTimeline;
import io.metachat.domain.mood.GetTimeline.Granularity;
import io.metachat.projections.message.Times;
import io.metachat.projections.position.MinimumPosition;
import io.metachat.projections.table.TableReader;
import io.metachat.proto.v1.Portrait;
import io.metachat.proto.v1.Timeline;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Answers about moods over time and the portrait. */
@Component
public class MoodQueries {

    private final TableReader reader;
    private final MinimumPosition position;

    MoodQueries(TableReader reader, MinimumPosition position) {
        this.reader = reader;
        this.position = position;
    }

    /** The timeline over whole periods: a range that begins within a week or a month is widened to all of it. */
    public Timeline timeline(GetTimeline query) {
        position.await(query.userId(), MoodProjection.NAME);
        Granularity granularity = query.granularity();
        TimelineFold fold = new TimelineFold(granularity);
        Iterable<Row> rows = reader.scan(
                MoodTables.BY_TIME,
                "SELECT * FROM %s WHERE user_id = ? AND written_at >= ? AND written_at < ?",
                query.userId().value(),
                Period.of(granularity, query.from()).start(),
                Period.of(granularity, query.to()).end());
        for (Row row : rows) {
            if (MoodPoint.isAnalysed(row)) {
                fold.add(MoodPoint.of(row));
            }
        }
        return Timeline.newBuilder()
                .setGranularity(granularity.name().toLowerCase(Locale.ROOT))
                .addAllPoints(fold.points())
                .build();
    }

    /** The portrait; without a time while there is none. */
    public Portrait portrait(UserId user) {
        position.await(user, MoodProjection.NAME);
        return findPortrait(user)
                .map(portrait -> portrait.toBuilder()
                        .setEntriesAnalysed(analysed(user, mood -> {}))
                        .build())
                .orElseGet(Portrait::getDefaultInstance);
    }

    /** Whether there is anything to match by. */
    public boolean hasPortrait(UserId user) {
        return findPortrait(user).isPresent();
    }

    /** Goes through the moods of all analysed entries, oldest first, and returns how many there are. */
    public int analysed(UserId user, Consumer<MoodPoint> each) {
        int count = 0;
        for (Row row : reader.scan(MoodTables.BY_TIME, "SELECT * FROM %s WHERE user_id = ?", user.value())) {
            if (MoodPoint.isAnalysed(row)) {
                each.accept(MoodPoint.of(row));
                count++;
            }
        }
        return count;
    }

    private Optional<Portrait> findPortrait(UserId user) {
        return reader.one(MoodTables.PORTRAITS, "SELECT * FROM %s WHERE user_id = ?", user.value())
                .map(MoodQueries::portrait);
    }

    private static Portrait portrait(Row row) {
        Portrait.Builder portrait = Portrait.newBuilder()
                .setEmotions(MoodMessages.emotions(row))
                .setValence(row.getDouble("valence"))
                .setArousal(row.getDouble("arousal"))
                .setStability(row.getDouble("stability"))
                .addAllTopics(MoodMessages.topics(row))
                .setUpdatedAt(Times.timestamp(row.getInstant("updated_at")));
        MoodColumns.emotions(MoodMessages.list(row, "emotions", Double.class))
                .dominant()
                .ifPresent(dominant -> portrait.setDominant(MoodColumns.word(dominant)));
        return portrait.build();
    }
}
