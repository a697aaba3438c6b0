package io.metachat.domain.registry;

import io.metachat.domain.DomainEvent;

/**
 * The stored identity of an event's revision.
 *
 * @param name the logical name, e.g. {@code metachat.diary.EntryWritten}
 * @param revision from 1
 * @param payload the class that this revision is read into today
 */
public record EventType(String name, int revision, Class<? extends DomainEvent> payload) {

    /** The type as it stands in the event store and on topics, e.g. {@code metachat.diary.EntryWritten.v1}. */
    public String stored() {
        return name + ".v" + revision;
    }
}
