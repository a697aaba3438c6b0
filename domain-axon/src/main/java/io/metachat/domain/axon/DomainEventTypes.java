package io.metachat.domain.axon;

import io.metachat.axon.eventstoredb.EventTypeRegistry;
import io.metachat.domain.registry.DomainEvents;

/** The domain's event names as the event store's registry. */
public final class DomainEventTypes {

    private DomainEventTypes() {}

    public static EventTypeRegistry registry() {
        EventTypeRegistry.Builder registry = EventTypeRegistry.builder();
        DomainEvents.ALL.forEach(type -> registry.register(type.name(), type.revision(), type.payload()));
        return registry.build();
    }
}
