package io.metachat.projections.table;

import org.jspecify.annotations.Nullable;
import org.springframework.data.core.TypedPropertyPath;

/**
 * A column of a row with the value that is written to it: {@code set(EntryRow::title).to(event.title())}. A value of
 * another type does not compile.
 *
 * @param component the record's component that the column is mapped to
 * @param value {@code null} clears the column
 * @param <R> the record that rows are mapped to
 */
public record Cell<R>(String component, @Nullable Object value) {

    /** Names the column by the accessor of its component. */
    public static <R, P extends @Nullable Object> Column<R, P> set(TypedPropertyPath<R, P> accessor) {
        return new Column<>(accessor.getSegment());
    }

    /** A column that waits for its value. */
    public record Column<R, P extends @Nullable Object>(String component) {

        public Cell<R> to(@Nullable P value) {
            return new Cell<>(component, value);
        }
    }
}
