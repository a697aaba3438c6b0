package io.metachat.axon.eventstoredb.internal.codec;

import io.metachat.axon.eventstoredb.EventType;
import io.metachat.axon.eventstoredb.EventTypeRegistry;
import io.metachat.axon.eventstoredb.UnregisteredEventTypeException;
import java.util.OptionalInt;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.jspecify.annotations.Nullable;

/**
 * Maps payloads to their logical types and logical types to classes. The upcaster chain works between the two, so it sees
 * logical names only.
 */
public final class LogicalTypeSerializer extends PayloadSerializer {

    private static final String METADATA = MetaData.class.getName();

    private final EventTypeRegistry registry;

    public LogicalTypeSerializer(Serializer payloads, EventTypeRegistry registry) {
        super(payloads);
        this.registry = registry;
    }

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> representation) {
        if (object == null || object instanceof MetaData) {
            return super.serialize(object, representation);
        }
        SerializedType type = typeForClass(object.getClass());
        SerializedObject<T> payload = super.serialize(object, representation);
        return new SimpleSerializedObject<>(payload.getData(), payload.getContentType(), type);
    }

    @Override
    @SuppressWarnings("unchecked") // The caller chooses T by the stored type, as with every serializer.
    public <S, T> T deserialize(SerializedObject<S> serialized) {
        if (serialized instanceof LazyMetadata || isEmpty(serialized.getType())) {
            return super.deserialize(serialized);
        }
        Class<?> payloadClass = classForType(serialized.getType());
        if (payloadClass == UnknownSerializedType.class) {
            return (T) new UnknownSerializedType(this, serialized);
        }
        return super.deserialize(new SimpleSerializedObject<>(
                serialized.getData(), serialized.getContentType(), super.typeForClass(payloadClass)));
    }

    /**
     * Returns {@link UnknownSerializedType} for events of other applications.
     *
     * @throws UnregisteredEventTypeException for a known name at a revision other than the current one. Either an
     *     upcaster is missing or a newer application wrote the event
     */
    @Override
    public Class<?> classForType(SerializedType type) {
        if (METADATA.equals(type.getName())) {
            return MetaData.class;
        }
        if (isEmpty(type)) {
            return super.classForType(type);
        }
        OptionalInt current = registry.currentRevision(type.getName());
        if (current.isEmpty()) {
            return UnknownSerializedType.class;
        }
        if (!String.valueOf(current.getAsInt()).equals(type.getRevision())) {
            throw new UnregisteredEventTypeException("Event " + type.getName() + " is at revision " + current.getAsInt()
                    + " here, and no upcaster accepts revision " + type.getRevision());
        }
        return registry.classOf(type.getName()).<Class<?>>map(found -> found).orElse(UnknownSerializedType.class);
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface declares it.
    public SerializedType typeForClass(@Nullable Class type) {
        if (type == null || MetaData.class.equals(type)) {
            return super.typeForClass(type);
        }
        Class<?> payloadClass = type;
        EventType logical = registry.typeOf(payloadClass)
                .orElseThrow(() -> new UnregisteredEventTypeException(
                        payloadClass.getName() + " is not in the event type registry"));
        return new SimpleSerializedType(logical.name(), String.valueOf(logical.revision()));
    }

    private static boolean isEmpty(SerializedType type) {
        return SerializedType.emptyType().equals(type);
    }
}
