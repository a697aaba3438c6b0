package io.metachat.projections.version;

import io.metachat.projections.table.Table;

/** Which version of a table is read. Thread-safe. */
@FunctionalInterface
public interface ActiveVersions {

    /** @throws IllegalArgumentException when no projection has the table */
    int of(Table table);
}
