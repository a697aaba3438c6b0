package io.metachat.axon.eventstoredb.internal.codec;

import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializedType;

/** An event of {@code $all} in Axon's terms, with its token. */
final class TrackedEventEntry extends EventEntry implements TrackedEventData<byte[]> {

    TrackedEventEntry(StoredEvent stored, SerializedType type, MetadataCodec codec) {
        super(stored, type, codec);
    }

    @Override
    public TrackingToken trackingToken() {
        return Positions.token(stored().position());
    }

    /** An event of an aggregate. */
    static final class OfAggregate extends EventEntry.OfAggregate implements TrackedEventData<byte[]> {

        OfAggregate(
                StoredEvent stored,
                SerializedType type,
                MetadataCodec codec,
                String aggregateIdentifier,
                long sequenceNumber) {
            super(stored, type, codec, aggregateIdentifier, sequenceNumber);
        }

        @Override
        public TrackingToken trackingToken() {
            return Positions.token(stored().position());
        }
    }
}
