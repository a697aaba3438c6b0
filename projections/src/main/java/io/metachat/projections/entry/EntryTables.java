package io.metachat.projections.entry;

import static org.springframework.data.cassandra.core.cql.Ordering.DESCENDING;
import static org.springframework.data.cassandra.core.cql.PrimaryKeyType.PARTITIONED;

import io.metachat.projections.table.Table;
import java.time.Instant;
import java.util.UUID;
import org.springframework.data.cassandra.core.mapping.PrimaryKeyColumn;

/**
 * The text of an entry is in one table, and nowhere else; tables that list entries hold keys alone. So a row of a list is
 * some sixty bytes, a person's list fits into one partition for life, and a page costs one slice of it and as many
 * reads by id as it has entries.
 */
final class EntryTables {

    static final Table<EntryRow> ENTRIES = Table.of("entries", EntryRow.class);
    static final Table<ByTime> BY_TIME = Table.of("entries_by_time", ByTime.class);
    static final Table<ByTag> BY_TAG = Table.of("entries_by_tag", ByTag.class);
    static final Table<BySession> BY_SESSION = Table.of("entries_by_session", BySession.class);

    private EntryTables() {}

    record ByTime(
            @PrimaryKeyColumn(type = PARTITIONED) UUID userId,

            @PrimaryKeyColumn(ordinal = 1, ordering = DESCENDING)
            Instant writtenAt,

            @PrimaryKeyColumn(ordinal = 2, ordering = DESCENDING)
            UUID entryId,

            int wordCount) {}

    record ByTag(
            @PrimaryKeyColumn(type = PARTITIONED) UUID userId,
            @PrimaryKeyColumn(ordinal = 1) String tag,

            @PrimaryKeyColumn(ordinal = 2, ordering = DESCENDING)
            Instant writtenAt,

            @PrimaryKeyColumn(ordinal = 3, ordering = DESCENDING)
            UUID entryId) {}

    record BySession(
            @PrimaryKeyColumn(type = PARTITIONED) UUID userId,
            @PrimaryKeyColumn(ordinal = 1) UUID sessionId,

            @PrimaryKeyColumn(ordinal = 2, ordering = DESCENDING)
            Instant writtenAt,

            @PrimaryKeyColumn(ordinal = 3, ordering = DESCENDING)
            UUID entryId) {}
}
