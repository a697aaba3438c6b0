package io.metachat.projections.notification;

import static org.springframework.data.cassandra.core.cql.PrimaryKeyType.PARTITIONED;

import io.metachat.projections.table.Table;
import java.util.UUID;
import org.springframework.data.cassandra.core.mapping.PrimaryKeyColumn;

final class NotificationTables {

    /**
     * The default compaction, though rows expire: one by time windows would take the positions that the rows carry as
     * timestamps for times.
     */
    static final Table<NotificationRow> NOTIFICATIONS = Table.of("notifications", NotificationRow.class);

    private NotificationTables() {}

    /** A notification of a person, by the position of the event. Rows expire. */
    record NotificationRow(
            @PrimaryKeyColumn(type = PARTITIONED) UUID userId,
            @PrimaryKeyColumn(ordinal = 1) long position,
            String type,
            String data) {

        /** Without the data, which is personal. */
        @Override
        public String toString() {
            return "NotificationRow[" + userId + " " + position + "]";
        }
    }
}
