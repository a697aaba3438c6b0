package io.metachat.axon.eventstoredb.internal;

import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedMetaData;

/** Serialized metadata that was decoded with the event already, and need not be again. */
final class DecodedMetaData extends SerializedMetaData<byte[]> {

    private final MetaData metaData;

    DecodedMetaData(byte[] stored, MetaData metaData) {
        super(stored, byte[].class);
        this.metaData = metaData;
    }

    MetaData metaData() {
        return metaData;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DecodedMetaData decoded && metaData.equals(decoded.metaData);
    }

    @Override
    public int hashCode() {
        return metaData.hashCode();
    }
}
