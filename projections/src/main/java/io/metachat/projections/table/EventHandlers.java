package io.metachat.projections.table;

import io.metachat.domain.DomainEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What a projection does with each type of event that concerns it. */
public final class EventHandlers {

    private final Map<Class<?>, BiConsumer<DomainEvent, Writes>> handlers;

    private EventHandlers(Map<Class<?>, BiConsumer<DomainEvent, Writes>> handlers) {
        this.handlers = Map.copyOf(handlers);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The types of events that concern the projection. */
    public Set<Class<?>> types() {
        return handlers.keySet();
    }

    /** Writes what follows from the event; nothing, when the event does not concern the projection. */
    public void handle(DomainEvent event, Writes writes) {
        BiConsumer<DomainEvent, Writes> handler = handlers.get(event.getClass());
        if (handler != null) {
            handler.accept(event, writes);
        }
    }

    /** Collects handlers; not safe for use by several threads. */
    public static final class Builder {

        private final Map<Class<?>, BiConsumer<DomainEvent, Writes>> handlers = new HashMap<>();

        private Builder() {}

        /** @throws IllegalArgumentException when the type of event has a handler already */
        public <E extends DomainEvent> Builder on(Class<E> type, BiConsumer<E, Writes> handler) {
            BiConsumer<DomainEvent, Writes> other =
                    handlers.putIfAbsent(type, (event, writes) -> handler.accept(type.cast(event), writes));
            if (other != null) {
                throw new IllegalArgumentException(type.getSimpleName() + " has a handler already");
            }
            return this;
        }

        public EventHandlers build() {
            return new EventHandlers(handlers);
        }
    }
}
