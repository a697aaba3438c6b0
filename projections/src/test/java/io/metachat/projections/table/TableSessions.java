package io.metachat.projections.table;

import com.datastax.oss.driver.api.core.CqlSession;
import io.metachat.projections.ProjectionProperties;

/** Table sessions on a session that is there already. */
public final class TableSessions {

    private TableSessions() {}

    public static TableSession on(CqlSession session, ProjectionProperties properties) {
        return new TableSession(session, properties);
    }
}
