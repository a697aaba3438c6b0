package io.metachat.projections.table;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.metachat.axon.cassandra.CassandraConnection;
import io.metachat.projections.ProjectionProperties;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Runs statements on tables of read models. Each is prepared once. Each may be sent twice, since writes carry their own
 * timestamps: so the driver is told that it may. Thread-safe.
 */
@Component
public class TableSession implements TableWriter {

    private final CassandraConnection connection;
    private final String keyspace;
    private final ConsistencyLevel consistency;
    private final Map<String, PreparedStatement> prepared = new ConcurrentHashMap<>();

    TableSession(CassandraConnection connection, ProjectionProperties properties) {
        this.connection = connection;
        this.keyspace = properties.keyspace();
        this.consistency = DefaultConsistencyLevel.valueOf(properties.consistency());
    }

    @Override
    public CompletionStage<AsyncResultSet> send(Table table, int version, String cql, @Nullable Object... values) {
        return session().executeAsync(bind(table, version, cql, values));
    }

    /** Reads rows, page by page as the caller goes through them. */
    ResultSet read(Table table, int version, int pageSize, String cql, @Nullable Object... values) {
        return session().execute(bind(table, version, cql, values).setPageSize(pageSize));
    }

    private BoundStatement bind(Table table, int version, String cql, @Nullable Object... values) {
        String statement = cql.formatted(keyspace + "." + table.in(version));
        PreparedStatement known = prepared.get(statement);
        if (known == null) {
            known = session().prepare(SimpleStatement.newInstance(statement));
            prepared.put(statement, known);
        }
        return known.bind(values).setConsistencyLevel(consistency).setIdempotent(true);
    }

    private CqlSession session() {
        return connection.session();
    }
}
