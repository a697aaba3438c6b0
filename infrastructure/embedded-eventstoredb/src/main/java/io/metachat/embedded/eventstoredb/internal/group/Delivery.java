package io.metachat.embedded.eventstoredb.internal.group;

import io.metachat.embedded.eventstoredb.internal.read.ResolvedEvent;
import java.util.UUID;

/**
 * An event on its way through a group.
 *
 * @param order where it stands in what the group reads; {@link #REPLAYED} for one that had been parked
 */
record Delivery(ResolvedEvent event, long order, int retryCount) {

    static final long REPLAYED = -1;

    UUID id() {
        return event.original().id();
    }

    Delivery again() {
        return new Delivery(event, order, retryCount + 1);
    }

    boolean isReplayed() {
        return order == REPLAYED;
    }
}
