package io.metachat.projections.table;

import io.metachat.domain.UserId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Takes the writes that follow from one event. They are sent at once and awaited later, together with those of other
 * events; each carries the event's position as its timestamp, so that their order does not matter, nor how often they
 * are sent. Implementations are used by one thread.
 */
public interface Writes {

    /** The position of the event. */
    long position();

    /** When the event happened. */
    Instant time();

    /** @param values in the order of the columns that the write names; a {@code null} clears its column */
    void apply(TableWrite write, @Nullable Object... values);

    /** @param timeToLive from now on */
    void applyExpiring(TableWrite write, Duration timeToLive, @Nullable Object... values);

    /** Deletes every row that the table has of the person, those that are written late included. */
    default void forget(Table table, UserId userId) {
        apply(table.forget(), userId.value());
    }
}
