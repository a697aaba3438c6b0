package io.metachat.projections.notification;

import io.metachat.projections.table.Table;

final class NotificationTables {

    /**
     * What a person was told, by the position of the event. Rows go by themselves. The default compaction, though rows
     * expire: one by time windows would take the positions that the rows carry as timestamps for times.
     */
    static final Table NOTIFICATIONS = Table.perPerson("notifications")
            .ascending("position", "bigint")
            .column("type", "text")
            .column("data", "text")
            .build();

    private NotificationTables() {}
}
