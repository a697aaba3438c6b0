package io.metachat.projections.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Some columns of one row with their values, made by {@link Table#row}. All writes follow from it, and each carries a
 * timestamp: one without cannot be made. Immutable.
 */
public final class Cells {

    private final Table<?> table;
    private final List<String> columns;
    private final List<@Nullable Object> values;

    Cells(Table<?> table, List<String> columns, List<@Nullable Object> values) {
        this.table = table;
        this.columns = columns;
        this.values = values;
    }

    /** Writes these columns, which include the whole primary key; the other columns keep what they have. */
    public TableWrite upsert(long timestamp) {
        return new TableWrite(table, insert() + " USING TIMESTAMP ?", parameters(values, timestamp));
    }

    /** As {@link #upsert}, of a row that expires after some time from now. */
    public TableWrite expiring(long timestamp, Duration timeToLive) {
        return new TableWrite(
                table,
                insert() + " USING TIMESTAMP ? AND TTL ?",
                parameters(values, timestamp, Math.toIntExact(timeToLive.toSeconds())));
    }

    /** Deletes the rows under these first columns of the primary key. */
    public TableWrite delete(long timestamp) {
        String where = columns.stream().map(column -> column + " = ?").collect(Collectors.joining(" AND "));
        List<@Nullable Object> parameters = new ArrayList<>(values.size() + 1);
        parameters.add(timestamp);
        parameters.addAll(values);
        return new TableWrite(table, "DELETE FROM %s USING TIMESTAMP ? WHERE " + where, parameters);
    }

    private String insert() {
        String markers = String.join(", ", Collections.nCopies(columns.size(), "?"));
        return "INSERT INTO %s (" + String.join(", ", columns) + ") VALUES (" + markers + ")";
    }

    private static List<@Nullable Object> parameters(List<@Nullable Object> values, Object... more) {
        List<@Nullable Object> parameters = new ArrayList<>(values.size() + more.length);
        parameters.addAll(values);
        Collections.addAll(parameters, more);
        return parameters;
    }
}
