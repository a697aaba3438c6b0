package io.metachat.projections.table;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.metachat.projections.ProjectionProperties;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.cassandra.core.AsyncCassandraTemplate;
import org.springframework.data.cassandra.core.CassandraTemplate;
import org.springframework.data.cassandra.core.StatementFactory;
import org.springframework.data.cassandra.core.cql.RowMapper;
import org.springframework.data.cassandra.core.query.Query;
import org.springframework.stereotype.Component;

/**
 * Runs statements on tables of read models by Spring Data's templates: reads are mapped to records, writes go through the
 * CQL template. Each statement is prepared once. Each may be sent twice, because writes carry their own timestamps, and
 * the driver is told so. Thread-safe.
 *
 * <p>The session may be one that is not connected yet: then every method throws or fails with
 * {@link io.metachat.axon.cassandra.CassandraUnavailableException}.
 */
@Component
public class TableSession implements TableWriter {

    private final CqlSession session;
    private final String keyspace;
    private final ConsistencyLevel consistency;
    private final CassandraTemplate blocking;
    private final AsyncCassandraTemplate async;
    private final StatementFactory statements;
    private final Map<String, PreparedStatement> prepared = new ConcurrentHashMap<>();

    TableSession(CqlSession session, ProjectionProperties properties) {
        this.session = session;
        this.keyspace = properties.keyspace();
        this.consistency = DefaultConsistencyLevel.valueOf(properties.consistency());
        this.blocking = new CassandraTemplate(session, RowMapping.CONVERTER);
        this.async = new AsyncCassandraTemplate(session, RowMapping.CONVERTER);
        // Statements are prepared here, and kept: the driver itself forgets those that nobody refers to.
        this.blocking.setUsePreparedStatements(false);
        this.async.setUsePreparedStatements(false);
        this.statements = new StatementFactory(RowMapping.CONVERTER);
        this.statements.setKeyspaceProvider((entity, table) -> CqlIdentifier.fromInternal(keyspace));
    }

    @Override
    public CompletableFuture<?> send(TableWrite write, int version) {
        return async.getAsyncCqlOperations()
                .execute(bind(
                        write.cql().formatted(keyspace + "." + write.table().in(version)), write.parameters()));
    }

    /** Reads one row at most without waiting for it; the result is {@code null} when there is none. */
    <R> CompletableFuture<@Nullable R> readOne(Table<R> table, int version, Query query) {
        return async.selectOne(select(table, version, query), table.row());
    }

    /** Counts rows without waiting for the number. */
    CompletableFuture<@Nullable Long> count(Table<?> table, int version, Query query) {
        return async.getAsyncCqlOperations()
                .queryForObject(
                        bind(statements
                                .count(query, table.entity(), name(table, version))
                                .build()),
                        Long.class);
    }

    /** Reads rows, one page of Cassandra's after the other as the stream is consumed. */
    <R> Stream<R> read(Table<R> table, int version, int pageSize, Query query) {
        return blocking.stream(select(table, version, query).setPageSize(pageSize), table.row());
    }

    /** Reads a whole number of rows that the statement itself limits. */
    <T> List<T> read(Table<?> table, int version, String cql, List<@Nullable Object> values, RowMapper<T> mapper) {
        return blocking.getCqlOperations()
                .query(bind(cql.formatted(keyspace + "." + table.in(version)), values), mapper);
    }

    private BoundStatement select(Table<?> table, int version, Query query) {
        return bind(
                statements.select(query, table.entity(), name(table, version)).build());
    }

    private static CqlIdentifier name(Table<?> table, int version) {
        return CqlIdentifier.fromInternal(table.in(version));
    }

    private BoundStatement bind(SimpleStatement statement) {
        return bind(statement.getQuery(), statement.getPositionalValues());
    }

    private BoundStatement bind(String cql, List<@Nullable Object> values) {
        PreparedStatement known = prepared.get(cql);
        if (known == null) {
            known = session.prepare(cql);
            prepared.put(cql, known);
        }
        return known.bind(values.toArray()).setConsistencyLevel(consistency).setIdempotent(true);
    }
}
