package io.metachat.projections.match;

import static org.springframework.data.cassandra.core.cql.Ordering.DESCENDING;
import static org.springframework.data.cassandra.core.cql.PrimaryKeyType.PARTITIONED;

import io.metachat.projections.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.cassandra.core.mapping.Frozen;
import org.springframework.data.cassandra.core.mapping.PrimaryKeyColumn;

/** Each match has a row at each of its two people, so a person finds a match among their own or not at all. */
final class MatchTables {

    static final Table<MatchRow> MATCHES = Table.of("matches", MatchRow.class);
    static final Table<ByTime> BY_TIME = Table.of("matches_by_time", ByTime.class);
    static final Table<SearchRow> SEARCHES = Table.of("searches", SearchRow.class);
    static final Table<TriedRow> TRIED = Table.of("search_proposals", TriedRow.class);

    private MatchTables() {}

    record MatchRow(
            @PrimaryKeyColumn(type = PARTITIONED) UUID userId,
            @PrimaryKeyColumn(ordinal = 1) UUID matchId,
            @Nullable String state,
            @Nullable UUID proposedBy,
            @Nullable UUID firstId,
            @Nullable UUID secondId,
            @Nullable Boolean firstAccepted,
            @Nullable Boolean secondAccepted,
            @Nullable Double score,
            @Nullable Double moodPart,
            @Nullable Double topicsPart,
            @Nullable Double stabilityPart,
            @Nullable Double freshnessPart,
            @Frozen @Nullable List<String> commonTopics,
            @Nullable Instant proposedAt,
            @Nullable Instant expiresAt) {}

    record ByTime(
            @PrimaryKeyColumn(type = PARTITIONED) UUID userId,

            @PrimaryKeyColumn(ordinal = 1, ordering = DESCENDING)
            Instant proposedAt,

            @PrimaryKeyColumn(ordinal = 2, ordering = DESCENDING)
            UUID matchId) {}

    /** A person's last search: at most one runs at a time. */
    record SearchRow(
            @PrimaryKeyColumn(type = PARTITIONED) UUID userId,
            @Nullable UUID searchId,
            @Nullable String state,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {}

    /** A match that a search has proposed. */
    record TriedRow(
            @PrimaryKeyColumn(type = PARTITIONED) UUID userId,
            @PrimaryKeyColumn(ordinal = 1) UUID searchId,

            @PrimaryKeyColumn(ordinal = 2, ordering = DESCENDING)
            Instant proposedAt,

            @PrimaryKeyColumn(ordinal = 3, ordering = DESCENDING)
            UUID matchId) {}
}
