package io.metachat.axon.eventstoredb.internal;

import com.eventstore.dbclient.RecordedEvent;
import java.time.Instant;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.EventData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;

/** A recorded event as Axon reads it; without a token, because reads of one stream need not say positions. */
class StoredEvent implements EventData<byte[]> {

    private final RecordedEvent recorded;
    private final SerializedType type;
    private final EventMetadata metadata;

    StoredEvent(RecordedEvent recorded, SerializedType type, EventMetadata metadata) {
        this.recorded = recorded;
        this.type = type;
        this.metadata = metadata;
    }

    @Override
    public String getEventIdentifier() {
        String identifier = metadata.identifier();
        return identifier == null ? recorded.getEventId().toString() : identifier;
    }

    @Override
    public Instant getTimestamp() {
        Instant timestamp = metadata.timestamp();
        return timestamp == null ? recorded.getCreated() : timestamp;
    }

    @Override
    public SerializedObject<byte[]> getMetaData() {
        return new DecodedMetaData(recorded.getUserMetadata(), metadata.metaData());
    }

    @Override
    public SerializedObject<byte[]> getPayload() {
        return new SimpleSerializedObject<>(recorded.getEventData(), byte[].class, type);
    }

    final RecordedEvent recorded() {
        return recorded;
    }

    final EventMetadata metadata() {
        return metadata;
    }

    /** An event that an aggregate published. */
    static class OfAggregate extends StoredEvent implements DomainEventData<byte[]> {

        private final String aggregateIdentifier;
        private final long sequenceNumber;

        OfAggregate(
                RecordedEvent recorded,
                SerializedType type,
                EventMetadata metadata,
                String aggregateIdentifier,
                long sequenceNumber) {
            super(recorded, type, metadata);
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
