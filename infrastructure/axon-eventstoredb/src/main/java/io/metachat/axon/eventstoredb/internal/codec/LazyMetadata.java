package io.metachat.axon.eventstoredb.internal.codec;

import java.util.function.Supplier;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedMetaData;

/** Serialized metadata that its event decodes on demand, once. */
final class LazyMetadata extends SerializedMetaData<byte[]> {

    private final Supplier<MetaData> metaData;

    LazyMetadata(byte[] stored, Supplier<MetaData> metaData) {
        super(stored, byte[].class);
        this.metaData = metaData;
    }

    MetaData metaData() {
        return metaData.get();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LazyMetadata decoded && metaData().equals(decoded.metaData());
    }

    @Override
    public int hashCode() {
        return metaData().hashCode();
    }
}
