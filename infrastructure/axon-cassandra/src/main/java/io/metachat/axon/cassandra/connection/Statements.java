package io.metachat.axon.cassandra.connection;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.CASWriteUnknownException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import io.metachat.axon.cassandra.CassandraConnection;
import io.metachat.axon.cassandra.CassandraStorage;
import io.metachat.axon.cassandra.CassandraUnavailableException;
import io.metachat.axon.cassandra.StatementObserver;
import io.metachat.axon.cassandra.StatementObserver.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the stores' statements: in the configured keyspace, at the configured consistency, prepared once, observed, with
 * the driver's exceptions translated by {@link Failures}. Thread-safe.
 */
public final class Statements {

    /** The attempts of a lightweight transaction whose outcome the server does not know. */
    private static final int ATTEMPTS = 3;

    private final CassandraConnection connection;
    private final String keyspace;
    private final ConsistencyLevel consistency;
    private final ConsistencyLevel serialConsistency;
    private final StatementObserver observer;
    private final Map<Operation, PreparedStatement> prepared = new ConcurrentHashMap<>();

    public Statements(CassandraStorage storage) {
        this.connection = storage.connection();
        this.keyspace = storage.keyspace();
        this.consistency = storage.consistency();
        this.serialConsistency = storage.serialConsistency();
        this.observer = storage.observer();
    }

    /** An operation with its values, for a batch. */
    public record Bound(Operation operation, @Nullable Object... values) {}

    /** Reads all rows. */
    public List<Row> rows(Operation operation, @Nullable Object... values) {
        return observed(operation.name(), () -> connection.session().execute(bind(operation, values)), result -> true)
                .all();
    }

    /** Reads one row, or {@code null}. */
    public @Nullable Row row(Operation operation, @Nullable Object... values) {
        return observed(operation.name(), () -> connection.session().execute(bind(operation, values)), result -> true)
                .one();
    }

    /** Reads rows page by page while the caller iterates. */
    public Iterable<Row> pages(Operation operation, int pageSize, @Nullable Object... values) {
        return observed(
                operation.name(),
                () -> connection.session().execute(bind(operation, values).setPageSize(pageSize)),
                result -> true);
    }

    /** Writes without a condition. */
    public void write(Operation operation, @Nullable Object... values) {
        observed(operation.name(), () -> connection.session().execute(bind(operation, values)), result -> true);
    }

    /** Reads or writes without waiting; the stage fails with the same exceptions as the blocking methods throw. */
    public CompletionStage<AsyncResultSet> async(Operation operation, @Nullable Object... values) {
        long start = System.nanoTime();
        return connection.session().executeAsync(bind(operation, values)).handle((result, failure) -> {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            if (failure != null) {
                observer.executed(operation.name(), Outcome.FAILED, took);
                throw failure instanceof RuntimeException e
                        ? Failures.translate(operation.name(), e)
                        : new CompletionException(failure);
            }
            observer.executed(operation.name(), Outcome.DONE, took);
            return result;
        });
    }

    /** Runs one lightweight transaction. When its outcome stays unknown, it throws; the transaction may have been applied. */
    public Conditional conditional(Operation operation, @Nullable Object... values) {
        return conditional(operation.name(), bind(operation, values));
    }

    /**
     * Runs several lightweight transactions on one partition as one: all of them or none, in one round trip.
     *
     * @param name the name of the whole for metrics and messages
     */
    public Conditional conditional(String name, List<Bound> parts) {
        return conditional(name, batch(DefaultBatchType.UNLOGGED, parts));
    }

    /** Writes to several partitions so that all of it happens, sooner or later, if any of it does. */
    public void logged(String name, List<Bound> parts) {
        BatchStatement batch = batch(DefaultBatchType.LOGGED, parts);
        observed(name, () -> connection.session().execute(batch), result -> true);
    }

    private Conditional conditional(String name, Statement<?> statement) {
        for (int attempt = 1; ; attempt++) {
            try {
                return new Conditional(
                        observed(name, () -> connection.session().execute(statement), ResultSet::wasApplied),
                        attempt > 1);
            } catch (CassandraUnavailableException e) {
                if (attempt == ATTEMPTS || !outcomeUnknown(e.getCause())) {
                    throw e;
                }
            }
        }
    }

    private static boolean outcomeUnknown(@Nullable Throwable failure) {
        return failure instanceof WriteTimeoutException || failure instanceof CASWriteUnknownException;
    }

    private BatchStatement batch(BatchType type, List<Bound> parts) {
        BatchStatement batch = BatchStatement.newInstance(type)
                .setConsistencyLevel(consistency)
                .setSerialConsistencyLevel(serialConsistency)
                .setIdempotent(parts.stream().allMatch(part -> part.operation().repeatable()));
        for (Bound part : parts) {
            batch = batch.add(bind(part.operation(), part.values()));
        }
        return batch;
    }

    private BoundStatement bind(Operation operation, @Nullable Object... values) {
        PreparedStatement statement = prepared.get(operation);
        if (statement == null) {
            statement = prepare(operation);
            prepared.put(operation, statement);
        }
        return statement
                .bind(values)
                .setConsistencyLevel(consistency)
                .setSerialConsistencyLevel(serialConsistency)
                .setIdempotent(operation.repeatable());
    }

    private PreparedStatement prepare(Operation operation) {
        String cql = operation.cql().replace(" ks.", " " + keyspace + ".");
        try {
            return connection.session().prepare(SimpleStatement.newInstance(cql));
        } catch (RuntimeException e) {
            throw Failures.translate(operation.name(), e);
        }
    }

    private ResultSet observed(String name, Supplier<ResultSet> execution, Predicate<ResultSet> done) {
        long start = System.nanoTime();
        try {
            ResultSet result = execution.get();
            observer.executed(
                    name,
                    done.test(result) ? Outcome.DONE : Outcome.REFUSED,
                    Duration.ofNanos(System.nanoTime() - start));
            return result;
        } catch (RuntimeException e) {
            observer.executed(name, Outcome.FAILED, Duration.ofNanos(System.nanoTime() - start));
            throw Failures.translate(name, e);
        }
    }
}
