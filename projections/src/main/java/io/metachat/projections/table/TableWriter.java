package io.metachat.projections.table;

import java.util.concurrent.CompletionStage;

/** Sends writes to tables of read models. Thread-safe. */
@FunctionalInterface
public interface TableWriter {

    /**
     * Sends a write without waiting for the answer.
     *
     * @param version the version of the table that is written to
     * @return completes when Cassandra has acknowledged the write, or fails with the reason why it has not
     */
    CompletionStage<?> send(TableWrite write, int version);
}
