package io.metachat.projections.table;

/** The versions of tables that queries read. Thread-safe. */
@FunctionalInterface
public interface ActiveVersions {

    /**
     * @throws IllegalArgumentException when no projection has the table
     * @throws io.metachat.service.error.ProblemException {@code read-model-rebuilding} when another build has made the
     *     version that is read, in a way that this one cannot work with
     */
    int of(Table<?> table);
}
