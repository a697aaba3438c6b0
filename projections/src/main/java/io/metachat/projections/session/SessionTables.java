package io.metachat.projections.session;

import static org.springframework.data.cassandra.core.cql.Ordering.DESCENDING;
import static org.springframework.data.cassandra.core.cql.PrimaryKeyType.PARTITIONED;

import io.metachat.projections.table.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.cassandra.core.mapping.PrimaryKeyColumn;

final class SessionTables {

    static final Table<SessionRow> SESSIONS = Table.of("sessions", SessionRow.class);
    static final Table<ByTime> BY_TIME = Table.of("sessions_by_time", ByTime.class);

    private SessionTables() {}

    record SessionRow(
            @PrimaryKeyColumn(type = PARTITIONED) UUID userId,
            @PrimaryKeyColumn(ordinal = 1) UUID sessionId,
            @Nullable String title,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {}

    record ByTime(
            @PrimaryKeyColumn(type = PARTITIONED) UUID userId,

            @PrimaryKeyColumn(ordinal = 1, ordering = DESCENDING)
            Instant startedAt,

            @PrimaryKeyColumn(ordinal = 2, ordering = DESCENDING)
            UUID sessionId) {}
}
