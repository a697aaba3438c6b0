package io.metachat.projections.page;

import io.metachat.domain.UserId;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which list a cursor belongs to: its owner, its kind, and every filter. */
public record ListName(String text) {

    /** @param filters in a fixed order; {@code null} for a filter that is not set */
    public static ListName of(UserId owner, String kind, @Nullable Object... filters) {
        return new ListName(Stream.concat(Stream.of(owner, kind), Arrays.stream(filters))
                .map(part -> Objects.toString(part, ""))
                // Each with its length, so that no two lists run together to the same text.
                .map(part -> part.length() + ":" + part)
                .collect(Collectors.joining()));
    }
}
