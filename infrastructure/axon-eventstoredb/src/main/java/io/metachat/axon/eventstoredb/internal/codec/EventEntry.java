package io.metachat.axon.eventstoredb.internal.codec;

import java.time.Instant;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.EventData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

/** A stored event in Axon's terms. It has no token, because reads of one stream may omit positions. */
class EventEntry implements EventData<byte[]> {

    private final StoredEvent stored;
    private final SerializedType type;
    private final MetadataCodec codec;

    /** Decoded on demand, because many consumers never need it. */
    private volatile @Nullable EventMetadata metadata;

    EventEntry(StoredEvent stored, SerializedType type, MetadataCodec codec) {
        this.stored = stored;
        this.type = type;
        this.codec = codec;
    }

    @Override
    public String getEventIdentifier() {
        String identifier =
                codec.mayHoldIdentifier(stored.metadata()) ? metadata().identifier() : null;
        return identifier == null ? stored.id().toString() : identifier;
    }

    @Override
    public Instant getTimestamp() {
        Instant timestamp = metadata().timestamp();
        return timestamp == null ? stored.created() : timestamp;
    }

    @Override
    public SerializedObject<byte[]> getMetaData() {
        return new LazyMetadata(stored.metadata(), () -> metadata().metaData());
    }

    @Override
    public SerializedObject<byte[]> getPayload() {
        return new SimpleSerializedObject<>(stored.data(), byte[].class, type);
    }

    final StoredEvent stored() {
        return stored;
    }

    final EventMetadata metadata() {
        EventMetadata read = metadata;
        if (read == null) {
            read = codec.decode(stored.metadata());
            metadata = read;
        }
        return read;
    }

    /** An event of an aggregate. */
    static class OfAggregate extends EventEntry implements DomainEventData<byte[]> {

        private final String aggregateIdentifier;
        private final long sequenceNumber;

        OfAggregate(
                StoredEvent stored,
                SerializedType type,
                MetadataCodec codec,
                String aggregateIdentifier,
                long sequenceNumber) {
            super(stored, type, codec);
            this.aggregateIdentifier = aggregateIdentifier;
            this.sequenceNumber = sequenceNumber;
        }

        /** Returns an empty type for events of other applications: Axon requires one for an aggregate's events. */
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
