package io.metachat.projections.table;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of columns that may never have been written. */
public final class Values {

    private Values() {}

    public static int orZero(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    public static double orZero(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    public static <T> List<T> orEmpty(@Nullable List<T> value) {
        return value == null ? List.of() : value;
    }

    public static <K, V> Map<K, V> orEmpty(@Nullable Map<K, V> value) {
        return value == null ? Map.of() : value;
    }
}
