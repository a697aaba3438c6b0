package io.metachat.projections.session;

import io.metachat.projections.table.Table;

final class SessionTables {

    static final Table SESSIONS = Table.perPerson("sessions")
            .ascending("session_id", "uuid")
            .column("title", "text")
            .column("started_at", "timestamp")
            .column("ended_at", "timestamp")
            .build();

    static final Table BY_TIME = Table.perPerson("sessions_by_time")
            .descending("started_at", "timestamp")
            .descending("session_id", "uuid")
            .build();

    private SessionTables() {}
}
