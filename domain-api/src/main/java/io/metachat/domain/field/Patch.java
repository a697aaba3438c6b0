package io.metachat.domain.field;

import org.jspecify.annotations.Nullable;

/**
 * What a partial update says of one field, in the sense of RFC 7396: leave it, set it, or clear it.
 *
 * @param present whether the update names the field at all
 * @param value the new value; {@code null} clears the field
 */
public record Patch<T>(boolean present, @Nullable T value) {

    public static <T> Patch<T> leave() {
        return new Patch<>(false, null);
    }

    public static <T> Patch<T> to(@Nullable T value) {
        return new Patch<>(true, value);
    }

    /** The field after the update. */
    public @Nullable T over(@Nullable T current) {
        return present ? value : current;
    }
}
