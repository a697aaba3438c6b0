package io.metachat.axon.eventstoredb.internal;

import java.time.Instant;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.EventData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

/** A recorded event as Axon reads it; without a token, because reads of one stream need not say positions. */
class StoredEvent implements EventData<byte[]> {

    private final Recorded recorded;
    private final SerializedType type;
    private final MetadataCodec codec;

    /** Read when first asked for, which many consumers never do. */
    private volatile @Nullable EventMetadata metadata;

    StoredEvent(Recorded recorded, SerializedType type, MetadataCodec codec) {
        this.recorded = recorded;
        this.type = type;
        this.codec = codec;
    }

    @Override
    public String getEventIdentifier() {
        String identifier =
                codec.mayHoldIdentifier(recorded.metadata()) ? metadata().identifier() : null;
        return identifier == null ? recorded.id().toString() : identifier;
    }

    @Override
    public Instant getTimestamp() {
        Instant timestamp = metadata().timestamp();
        return timestamp == null ? recorded.created() : timestamp;
    }

    @Override
    public SerializedObject<byte[]> getMetaData() {
        return new DecodedMetaData(recorded.metadata(), () -> metadata().metaData());
    }

    @Override
    public SerializedObject<byte[]> getPayload() {
        return new SimpleSerializedObject<>(recorded.data(), byte[].class, type);
    }

    final Recorded recorded() {
        return recorded;
    }

    final EventMetadata metadata() {
        EventMetadata read = metadata;
        if (read == null) {
            read = codec.decode(recorded.metadata());
            metadata = read;
        }
        return read;
    }

    /** An event that an aggregate published. */
    static class OfAggregate extends StoredEvent implements DomainEventData<byte[]> {

        private final String aggregateIdentifier;
        private final long sequenceNumber;

        OfAggregate(
                Recorded recorded,
                SerializedType type,
                MetadataCodec codec,
                String aggregateIdentifier,
                long sequenceNumber) {
            super(recorded, type, codec);
            this.aggregateIdentifier = aggregateIdentifier;
            this.sequenceNumber = sequenceNumber;
        }

        /** Empty for events of other applications: Axon cannot read an aggregate's events without a type. */
        @Override
        public String getType() {
            String type = metadata().aggregateType();
            return type == null ? "" : type;
        }

        @Override
        public String getAggregateIdentifier() {
            return aggregateIdentifier;
        }

        @Override
        public long getSequenceNumber() {
            return sequenceNumber;
        }
    }
}
