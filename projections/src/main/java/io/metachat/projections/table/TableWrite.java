package io.metachat.projections.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One write to a table of a read model.
 *
 * @param cql the statement, with {@code %s} for the table's name; it always has a marker for the timestamp
 * @param parameters the values of the statement's markers, in their order
 */
public record TableWrite(Table<?> table, String cql, List<@Nullable Object> parameters) {

    /** Without the parameters, which are personal. */
    @Override
    public String toString() {
        return "TableWrite[" + cql.formatted(table) + "]";
    }
}
