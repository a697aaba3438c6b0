package io.metachat.projections.table;

import io.metachat.domain.UserId;
import java.time.Duration;
import java.time.Instant;

/**
 * Takes the writes that follow from one event. They are sent immediately and awaited later, together with those of other
 * events; each carries the event's position as its timestamp, so that their order does not matter, nor how often they
 * are sent. Implementations are used by one thread.
 */
public interface Writes {

    /** The position of the event. */
    long position();

    /** When the event happened. */
    Instant time();

    /** Sends one write. */
    void send(TableWrite write);

    /** Writes these columns of a row; the other columns keep what they have. */
    default void upsert(Cells row) {
        send(row.upsert(position()));
    }

    /** As {@link #upsert}, of a row that expires. */
    default void upsert(Cells row, Duration timeToLive) {
        send(row.expiring(position(), timeToLive));
    }

    /** Deletes the rows under these first columns of the primary key. */
    default void delete(Cells key) {
        send(key.delete(position()));
    }

    /** Deletes every row that the table has of the person, those that are written late included. */
    default void forget(Table<?> table, UserId userId) {
        send(table.forget(userId));
    }
}
