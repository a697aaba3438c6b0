package io.metachat.embedded.eventstoredb.internal.group;

import io.metachat.embedded.eventstoredb.internal.read.ResolvedEvent;
import java.util.UUID;

/**
 * An event in flight through a group.
 *
 * @param order its revision or position in the group's source; {@link #REPLAYED} for a replayed parked event
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
