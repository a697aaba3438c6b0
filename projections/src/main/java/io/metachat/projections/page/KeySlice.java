package io.metachat.projections.page;

import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.projections.table.Table;
import io.metachat.projections.table.TableReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a list: a slice of the table that is in the order of the list, newest first.
 *
 * @param time the column of the order
 * @param id the column that tells rows of the same time apart
 * @param under the first columns of the primary key, in their order, with their values
 * @param from no row before this time
 * @param to only rows before this time
 */
public record KeySlice(
        TableReader reader,
        Table table,
        String time,
        String id,
        Map<String, Object> under,
        @Nullable Instant from,
        @Nullable Instant to)
        implements Pages.Keys {

    /** All keys of a person. */
    public static KeySlice of(TableReader reader, Table table, String time, String id, UUID user) {
        return new KeySlice(reader, table, time, id, Map.of(Table.USER_ID, user), null, null);
    }

    /** Only those under one more column of the primary key. */
    public KeySlice and(String column, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(under);
        more.put(column, value);
        return new KeySlice(reader, table, time, id, more, from, to);
    }

    /** Only those of a range of time. */
    public KeySlice between(@Nullable Instant start, @Nullable Instant end) {
        return new KeySlice(reader, table, time, id, under, start, end);
    }

    @Override
    public List<Cursor> read(Optional<Cursor> after, int limit) {
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>(under.values());
        under.keySet().forEach(column -> conditions.add(column + " = ?"));
        // Tuples throughout: Cassandra does not take a tuple and a single column in one slice.
        if (from != null) {
            conditions.add("(%s) >= (?)".formatted(time));
            values.add(from);
        }
        if (after.isPresent()) {
            conditions.add("(%s, %s) < (?, ?)".formatted(time, id));
            values.add(after.get().time());
            values.add(after.get().id());
        } else if (to != null) {
            conditions.add("(%s) < (?)".formatted(time));
            values.add(to);
        }
        values.add(limit);
        String cql = "SELECT " + time + ", " + id + " FROM %s WHERE " + String.join(" AND ", conditions) + " LIMIT ?";
        return reader.page(table, limit, cql, values.toArray()).stream()
                .map(this::place)
                .toList();
    }

    private Cursor place(Row row) {
        return new Cursor(row.getInstant(time), row.getUuid(id));
    }
}
