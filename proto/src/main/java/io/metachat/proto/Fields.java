package io.metachat.proto;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the optional fields of messages. */
public final class Fields {

    private Fields() {}

    /** Returns the field's value, or {@code null} when the message does not have it: {@code orNull(m.hasX(), m::getX)}. */
    public static <T> @Nullable T orNull(boolean present, Supplier<T> field) {
        return present ? field.get() : null;
    }
}
