package io.metachat.gateway.http;

import io.metachat.service.error.FieldError;
import io.metachat.service.error.Problem;
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

    /** A limit as the client asked for it; messages cannot tell zero from none, so zero is refused here. */
    public static int limit(int asked) {
        if (asked < 1) {
            throw Problem.invalid(List.of(new FieldError("limit", "must be at least 1")))
                    .toException();
        }
        return asked;
    }
}
