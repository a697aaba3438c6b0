package io.metachat.projections.page;

import io.metachat.domain.UserId;
import io.metachat.projections.table.Table;
import io.metachat.projections.table.TableReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.core.TypedPropertyPath;

/**
 * The keys of a list: a slice of the table that is in the order of the list, newest first.
 *
 * @param time the column of the order
 * @param id the column that tells rows of the same time apart
 * @param under a column of the primary key before these with its value, if the list has one
 * @param from no row before this time
 * @param to only rows before this time
 */
public record KeySlice(
        TableReader reader,
        Table<?> table,
        UserId user,
        String time,
        String id,
        Optional<Map.Entry<String, Object>> under,
        @Nullable Instant from,
        @Nullable Instant to)
        implements Pages.Keys {

    /** All keys of a person. */
    public static <R> KeySlice of(
            TableReader reader,
            Table<R> table,
            UserId user,
            TypedPropertyPath<R, Instant> time,
            TypedPropertyPath<R, UUID> id) {
        return new KeySlice(reader, table, user, table.column(time), table.column(id), Optional.empty(), null, null);
    }

    /** Only those with this value in the column of the primary key that comes before the time. */
    public <R, P> KeySlice under(Table<R> same, TypedPropertyPath<R, P> column, P value) {
        return new KeySlice(
                reader, table, user, time, id, Optional.of(Map.entry(same.column(column), value)), from, to);
    }

    /** Only those of a range of time. */
    public KeySlice between(@Nullable Instant start, @Nullable Instant end) {
        return new KeySlice(reader, table, user, time, id, under, start, end);
    }

    @Override
    public List<Cursor> read(Optional<Cursor> after, int limit) {
        List<String> conditions = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        conditions.add(Table.USER_ID + " = ?");
        values.add(user.value());
        under.ifPresent(column -> {
            conditions.add(column.getKey() + " = ?");
            values.add(column.getValue());
        });
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
        return reader.page(
                table, cql, values, (row, number) -> new Cursor(row.get(0, Instant.class), row.get(1, UUID.class)));
    }
}
