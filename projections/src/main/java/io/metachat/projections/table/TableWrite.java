package io.metachat.projections.table;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One kind of write to a table of a read model.
 *
 * @param cql the statement, with {@code %s} for the table's name; it always has a marker for the timestamp
 */
public record TableWrite(Table table, String cql, Kind kind) {

    /**
     * Beyond every position of an event store. Who is forgotten is forgotten for good: what a slower path or a command
     * that was under way writes of them afterwards is deleted already.
     */
    static final long FOR_EVER = 1L << 62;

    /** Where the timestamp's marker stands among the others, and what is bound to it. */
    public enum Kind {
        UPSERT,
        EXPIRING,
        DELETE,
        FORGET
    }

    /** What is bound to the statement's markers. */
    public @Nullable Object[] parameters(long position, @Nullable Object... values) {
        return switch (kind) {
            case UPSERT -> append(values, position);
            case DELETE -> prepend(position, values);
            case FORGET -> prepend(FOR_EVER, values);
            case EXPIRING -> throw new IllegalStateException("A write to " + table + " needs a time to live");
        };
    }

    /** What is bound to the markers of an {@link Kind#EXPIRING} write. */
    public @Nullable Object[] parameters(long position, Duration timeToLive, @Nullable Object... values) {
        if (kind != Kind.EXPIRING) {
            throw new IllegalStateException("A write to " + table + " does not expire");
        }
        return append(append(values, position), Math.toIntExact(timeToLive.toSeconds()));
    }

    private static @Nullable Object[] append(@Nullable Object[] values, Object last) {
        @Nullable Object[] all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = last;
        return all;
    }

    private static @Nullable Object[] prepend(Object first, @Nullable Object[] values) {
        @Nullable Object[] all = new Object[values.length + 1];
        all[0] = first;
        System.arraycopy(values, 0, all, 1, values.length);
        return all;
    }
}
