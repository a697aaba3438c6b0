package io.metachat.gateway.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param nextCursor where the next page begins; null on the last
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    public static final String DEFAULT_LIMIT = "20";

    public Page {
        items = List.copyOf(items);
    }
}
