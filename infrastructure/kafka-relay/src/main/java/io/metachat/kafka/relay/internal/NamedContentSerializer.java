package io.metachat.kafka.relay.internal;

import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/** Writes the content of a {@link NamedContent} under its name instead of a class name; delegates everything else. */
final class NamedContentSerializer implements Serializer {

    private final Serializer delegate;

    NamedContentSerializer(Serializer delegate) {
        this.delegate = delegate;
    }

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> representation) {
        if (object instanceof NamedContent named) {
            T data = delegate.serialize(named.content(), representation).getData();
            return new SimpleSerializedObject<>(data, representation, new SimpleSerializedType(named.name(), null));
        }
        return delegate.serialize(object, representation);
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> representation) {
        return delegate.canSerializeTo(representation);
    }

    @Override
    public <S, T> @Nullable T deserialize(SerializedObject<S> serialized) {
        return delegate.deserialize(serialized);
    }

    @Override
    public @Nullable Class<?> classForType(SerializedType type) {
        return delegate.classForType(type);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public SerializedType typeForClass(@Nullable Class type) {
        return delegate.typeForClass(type);
    }

    @Override
    public Converter getConverter() {
        return delegate.getConverter();
    }
}
