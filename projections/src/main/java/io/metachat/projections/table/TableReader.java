package io.metachat.projections.table;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
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

    /**
     * Reads one row at most.
     *
     * @param cql with {@code %s} for the table
     */
    public Optional<Row> one(Table table, String cql, Object... values) {
        return await(send(table, cql, values));
    }

    /** Reads one row at most without waiting for it. */
    public CompletableFuture<Optional<Row>> send(Table table, String cql, Object... values) {
        return session.send(table, versions.of(table), cql, values)
                .thenApply(TableReader::first)
                .toCompletableFuture();
    }

    /** Reads a whole number of rows that the statement itself limits. */
    public List<Row> page(Table table, int limit, String cql, Object... values) {
        return session.read(table, versions.of(table), limit, cql, values).all();
    }

    /** Reads any number of rows, a thousand at a time as the caller goes through them. */
    public Iterable<Row> scan(Table table, String cql, Object... values) {
        return session.read(table, versions.of(table), SCAN_PAGE, cql, values);
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

    private static Optional<Row> first(AsyncResultSet rows) {
        return Optional.ofNullable(rows.one());
    }
}
