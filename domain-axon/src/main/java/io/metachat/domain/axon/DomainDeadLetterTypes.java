package io.metachat.domain.axon;

import io.metachat.axon.cassandra.deadletter.PayloadTypeNames;
import io.metachat.domain.registry.DomainEvents;
import io.metachat.domain.registry.EventType;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Stores the dead letters of domain events under the events' logical names. It also reads the class names under which builds of
 * November 2026 stored them, because these classes have moved to other packages of the domain since.
 */
final class DomainDeadLetterTypes implements PayloadTypeNames {

    private static final String FORMER_PACKAGES = "io.metachat.domain.";

    private final Map<String, String> namesByClass =
            byKey(type -> type.payload().getName(), EventType::name);
    private final Map<String, String> classesByName =
            byKey(EventType::name, type -> type.payload().getName());
    private final Map<String, String> classesBySimpleName =
            byKey(type -> type.payload().getSimpleName(), type -> type.payload().getName());

    private static Map<String, String> byKey(Function<EventType, String> key, Function<EventType, String> value) {
        return DomainEvents.ALL.stream().collect(Collectors.toUnmodifiableMap(key, value));
    }

    @Override
    public String toStored(String typeName) {
        return namesByClass.getOrDefault(typeName, typeName);
    }

    @Override
    public String fromStored(String storedName) {
        String current = classesByName.get(storedName);
        if (current != null) {
            return current;
        }
        return storedName.startsWith(FORMER_PACKAGES)
                ? classesBySimpleName.getOrDefault(simpleName(storedName), storedName)
                : storedName;
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
