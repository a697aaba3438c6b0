package io.metachat.projections.table;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sends statements to tables of read models. Thread-safe. */
@FunctionalInterface
public interface TableWriter {

    /**
     * Sends a statement and does not wait for its answer.
     *
     * @param cql with {@code %s} for the table
     */
    CompletionStage<AsyncResultSet> send(Table table, int version, String cql, @Nullable Object... values);
}
