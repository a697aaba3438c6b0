package io.metachat.projections.table;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.cassandra.core.cql.RowMapper;
import org.springframework.data.cassandra.core.query.Query;
import org.springframework.stereotype.Component;

/** Reads tables of the active versions. Thread-safe. */
@Component
public class TableReader {

    private static final int SCAN_PAGE = 1_000;

    private final TableSession session;
    private final ActiveVersions versions;

    TableReader(TableSession session, ActiveVersions versions) {
        this.session = session;
        this.versions = versions;
    }

    /** Reads one row at most. */
    public <R> Optional<R> one(Table<R> table, Query query) {
        return await(send(table, query));
    }

    /** Reads one row at most without waiting for it. */
    public <R> CompletableFuture<Optional<R>> send(Table<R> table, Query query) {
        return session.readOne(table, versions.of(table), query).thenApply(Optional::ofNullable);
    }

    /** Counts rows without waiting for the number. */
    public CompletableFuture<Integer> count(Table<?> table, Query query) {
        return session.count(table, versions.of(table), query)
                .thenApply(number -> number == null ? 0 : Math.toIntExact(number));
    }

    /** Reads any number of rows, a thousand at a time as the caller consumes them. */
    public <R> Stream<R> scan(Table<R> table, Query query) {
        return session.read(table, versions.of(table), SCAN_PAGE, query);
    }

    /** Reads a whole number of rows that the query limits. */
    public <R> List<R> page(Table<R> table, Query query) {
        return scan(table, query).toList();
    }

    /**
     * Reads a whole number of rows that the statement itself limits, for conditions that a {@link Query} cannot express.
     *
     * @param cql with {@code %s} for the table
     */
    public <T> List<T> page(Table<?> table, String cql, List<@Nullable Object> values, RowMapper<T> mapper) {
        return session.read(table, versions.of(table), cql, values, mapper);
    }

    /** The result of a read that was sent before; its failure is thrown as it would be by a blocking read. */
    public static <T> T await(CompletionStage<T> read) {
        try {
            return read.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
