package io.metachat.projections.mood;

import static org.springframework.data.cassandra.core.cql.PrimaryKeyType.PARTITIONED;

import io.metachat.projections.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.cassandra.core.mapping.Frozen;
import org.springframework.data.cassandra.core.mapping.PrimaryKeyColumn;

final class MoodTables {

    static final Table<MoodRow> BY_TIME = Table.of("moods_by_time", MoodRow.class);
    static final Table<PortraitRow> PORTRAITS = Table.of("portraits", PortraitRow.class);

    private MoodTables() {}

    /**
     * One small row per entry, in the order of time, from which timelines and statistics are folded.
     *
     * @param moodRevision the revision that the mood is of; the row counts as analysed when it is {@code revision}
     */
    record MoodRow(
            @PrimaryKeyColumn(type = PARTITIONED) UUID userId,
            @PrimaryKeyColumn(ordinal = 1) Instant writtenAt,
            @PrimaryKeyColumn(ordinal = 2) UUID entryId,
            @Nullable Integer revision,
            @Nullable Integer moodRevision,
            @Nullable String moodStatus,
            @Frozen @Nullable List<Double> emotions,
            @Nullable Double valence,
            @Nullable Double arousal,
            @Frozen @Nullable Map<String, Double> topics) {}

    record PortraitRow(
            @PrimaryKeyColumn(type = PARTITIONED) UUID userId,
            @Frozen @Nullable List<Double> emotions,
            @Nullable Double valence,
            @Nullable Double arousal,
            @Nullable Double stability,
            @Frozen @Nullable Map<String, Double> topics,
            @Nullable Instant updatedAt) {}
}
