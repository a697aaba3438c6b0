package io.metachat.projections.entry;

import static org.springframework.data.cassandra.core.cql.PrimaryKeyType.PARTITIONED;

import io.metachat.projections.mood.StoredMood;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.cassandra.core.mapping.Frozen;
import org.springframework.data.cassandra.core.mapping.PrimaryKeyColumn;

/**
 * An entry with its mood. All but the key may be absent: a mood can arrive after its entry was deleted.
 *
 * @param moodRevision the revision that the mood is of: another than {@code revision} means pending
 */
record EntryRow(
        @PrimaryKeyColumn(type = PARTITIONED, ordinal = 0) UUID userId,
        @PrimaryKeyColumn(type = PARTITIONED, ordinal = 1) int shard,
        @PrimaryKeyColumn(ordinal = 2) UUID entryId,
        @Nullable Integer revision,
        @Nullable String title,
        @Nullable String text,
        @Frozen @Nullable List<String> tags,
        @Nullable UUID sessionId,
        @Nullable Instant writtenAt,
        @Nullable Instant editedAt,
        @Nullable Integer wordCount,
        @Nullable Integer moodRevision,
        @Nullable String moodStatus,
        @Frozen @Nullable List<Double> emotions,
        @Nullable String dominant,
        @Nullable Double valence,
        @Nullable Double arousal,
        @Nullable Double confidence,
        @Nullable String reason,
        @Frozen @Nullable Map<String, Double> topics,
        @Frozen @Nullable List<String> keywords,
        @Frozen @Nullable List<Integer> evidence,
        @Nullable String modelVersion,
        @Nullable Instant analysedAt)
        implements StoredMood {

    /** Without what people write. */
    @Override
    public String toString() {
        return "EntryRow[" + entryId + "]";
    }
}
