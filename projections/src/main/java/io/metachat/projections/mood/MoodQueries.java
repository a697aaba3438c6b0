package io.metachat.projections.mood;

import static io.metachat.projections.mood.MoodTables.BY_TIME;
import static io.metachat.projections.mood.MoodTables.PORTRAITS;
import static io.metachat.projections.table.Values.orEmpty;
import static io.metachat.projections.table.Values.orZero;
import static org.springframework.data.cassandra.core.query.Criteria.where;
import static org.springframework.data.cassandra.core.query.Query.query;

import io.metachat.domain.UserId;
import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.GetTimeline;
import io.metachat.domain.mood.GetTimeline.Granularity;
import io.metachat.projections.mood.MoodTables.MoodRow;
import io.metachat.projections.mood.MoodTables.PortraitRow;
import io.metachat.projections.page.Times;
import io.metachat.projections.position.MinimumPosition;
import io.metachat.projections.table.TableReader;
import io.metachat.proto.v1.Portrait;
import io.metachat.proto.v1.Timeline;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.data.cassandra.core.query.Query;
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
        Query range = query(
                where(MoodRow::userId).is(query.userId().value()),
                where(MoodRow::writtenAt)
                        .gte(Period.of(granularity, query.from()).start()),
                where(MoodRow::writtenAt).lt(Period.of(granularity, query.to()).end()));
        reader.scan(BY_TIME, range)
                .filter(MoodPoint::isAnalysed)
                .map(MoodPoint::of)
                .forEach(fold::add);
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
        AtomicInteger count = new AtomicInteger();
        reader.scan(BY_TIME, query(where(MoodRow::userId).is(user.value())))
                .filter(MoodPoint::isAnalysed)
                .forEach(row -> {
                    each.accept(MoodPoint.of(row));
                    count.incrementAndGet();
                });
        return count.get();
    }

    private Optional<Portrait> findPortrait(UserId user) {
        return reader.one(PORTRAITS, query(where(PortraitRow::userId).is(user.value())))
                .map(MoodQueries::portrait);
    }

    private static Portrait portrait(PortraitRow row) {
        Emotions emotions = MoodColumns.emotions(orEmpty(row.emotions()));
        Portrait.Builder portrait = Portrait.newBuilder()
                .setEmotions(MoodMessages.emotions(emotions))
                .setValence(orZero(row.valence()))
                .setArousal(orZero(row.arousal()))
                .setStability(orZero(row.stability()))
                .addAllTopics(MoodMessages.topics(orEmpty(row.topics())))
                .setUpdatedAt(Times.timestamp(Objects.requireNonNull(row.updatedAt())));
        emotions.dominant().ifPresent(dominant -> portrait.setDominant(MoodColumns.word(dominant)));
        return portrait.build();
    }
}
