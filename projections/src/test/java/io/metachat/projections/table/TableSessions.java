package io.metachat.projections.table;

import com.datastax.oss.driver.api.core.CqlSession;
import io.metachat.axon.cassandra.CassandraConnection;
import io.metachat.projections.ProjectionProperties;
import java.util.Optional;
import org.axonframework.common.Registration;

/** Table sessions on a session that is there already. */
public final class TableSessions {

    private TableSessions() {}

    public static TableSession on(CqlSession session, ProjectionProperties properties) {
        return new TableSession(new Connected(session), properties);
    }

    private record Connected(CqlSession session) implements CassandraConnection {

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public Optional<String> lastFailure() {
            return Optional.empty();
        }

        @Override
        public Registration onConnected(Runnable action) {
            action.run();
            return () -> true;
        }
    }
}
