package io.metachat.axon.eventstoredb.internal;

import java.util.function.Supplier;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedMetaData;

/** Serialized metadata that the event reads itself, once. */
final class DecodedMetaData extends SerializedMetaData<byte[]> {

    private final Supplier<MetaData> metaData;

    DecodedMetaData(byte[] stored, Supplier<MetaData> metaData) {
        super(stored, byte[].class);
        this.metaData = metaData;
    }

    MetaData metaData() {
        return metaData.get();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DecodedMetaData decoded && metaData().equals(decoded.metaData());
    }

    @Override
    public int hashCode() {
        return metaData().hashCode();
    }
}
