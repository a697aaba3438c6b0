package io.metachat.axon.eventstoredb;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

record FixedEventTypeRegistry(Map<Class<?>, EventType> types, Map<String, Class<?>> classes)
        implements EventTypeRegistry {

    FixedEventTypeRegistry {
        types = Map.copyOf(types);
        classes = Map.copyOf(classes);
    }

    @Override
    public Optional<EventType> typeOf(Class<?> payloadClass) {
        return Optional.ofNullable(types.get(payloadClass));
    }

    @Override
    public Optional<Class<?>> classOf(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    @Override
    public OptionalInt currentRevision(String name) {
        Class<?> payloadClass = classes.get(name);
        EventType type = payloadClass == null ? null : types.get(payloadClass);
        return type == null ? OptionalInt.empty() : OptionalInt.of(type.revision());
    }
}
