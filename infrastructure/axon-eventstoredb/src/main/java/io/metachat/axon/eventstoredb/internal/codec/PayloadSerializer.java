package io.metachat.axon.eventstoredb.internal.codec;

import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Delegates payloads to the application's serializer; metadata has been decoded by the {@link MetadataCodec}. */
public class PayloadSerializer implements Serializer {

    private final Serializer payloads;

    public PayloadSerializer(Serializer payloads) {
        this.payloads = payloads;
    }

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> representation) {
        return payloads.serialize(object, representation);
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> representation) {
        return payloads.canSerializeTo(representation);
    }

    @Override
    @SuppressWarnings("unchecked") // The caller chooses T by the stored type, as with every serializer.
    public <S, T> T deserialize(SerializedObject<S> serialized) {
        return serialized instanceof LazyMetadata decoded ? (T) decoded.metaData() : payloads.deserialize(serialized);
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface declares it.
    public Class classForType(SerializedType type) {
        return payloads.classForType(type);
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface declares it.
    public SerializedType typeForClass(@Nullable Class type) {
        return payloads.typeForClass(type);
    }

    @Override
    public Converter getConverter() {
        return payloads.getConverter();
    }
}
