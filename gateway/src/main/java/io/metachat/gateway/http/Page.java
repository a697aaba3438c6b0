package io.metachat.gateway.http;

import io.metachat.service.error.FieldError;
import io.metachat.service.error.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param nextCursor the cursor of the next page; null on the last one
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    public static final String DEFAULT_LIMIT = "20";

    public Page {
        items = List.copyOf(items);
    }

    /** Returns the requested limit. Zero is rejected here, because a message cannot distinguish it from no limit. */
    public static int limit(int asked) {
        if (asked < 1) {
            throw Problem.invalid(List.of(new FieldError("limit", "must be at least 1")))
                    .toException();
        }
        return asked;
    }
}
