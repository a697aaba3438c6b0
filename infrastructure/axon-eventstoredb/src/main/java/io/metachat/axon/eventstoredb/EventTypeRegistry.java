package io.metachat.axon.eventstoredb;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Maps payload classes to logical event types.
 *
 * <p>The registry is explicit so that renaming or moving a class never touches stored data. Each logical name has
 * exactly one class, at its current revision; stored events of older revisions reach that revision through upcasters,
 * which see the logical name and the revision (as a decimal string) as the serialized type.
 *
 * <p>Implementations are immutable and safe for use by any number of threads.
 */
public interface EventTypeRegistry {

    /** Returns the type of payloads of exactly this class, or empty when the class is not registered. */
    Optional<EventType> typeOf(Class<?> payloadClass);

    /** Returns the class of the current revision of this logical name, or empty when the name is unknown. */
    Optional<Class<?>> classOf(String name);

    /** Returns the current revision of this logical name, or empty when the name is unknown. */
    OptionalInt currentRevision(String name);

    /** Starts an empty registry. */
    static Builder builder() {
        return new Builder();
    }

    /** Collects registrations. Not thread-safe. */
    final class Builder {

        private final Map<Class<?>, EventType> types = new HashMap<>();
        private final Map<String, Class<?>> classes = new HashMap<>();

        private Builder() {}

        /**
         * Registers the current revision of a logical event.
         *
         * @throws IllegalArgumentException when the name or the class is already registered
         */
        public Builder register(String name, int revision, Class<?> payloadClass) {
            EventType type = new EventType(name, revision);
            EventType otherType = types.putIfAbsent(payloadClass, type);
            if (otherType != null) {
                throw new IllegalArgumentException(payloadClass.getName() + " is already registered as "
                        + otherType.stored() + " and cannot be " + type.stored() + " too");
            }
            Class<?> otherClass = classes.putIfAbsent(name, payloadClass);
            if (otherClass != null) {
                throw new IllegalArgumentException("Event " + name + " already belongs to " + otherClass.getName()
                        + " and cannot belong to " + payloadClass.getName() + " too");
            }
            return this;
        }

        public EventTypeRegistry build() {
            return new FixedEventTypeRegistry(types, classes);
        }
    }
}
