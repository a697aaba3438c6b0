package io.metachat.axon.eventstoredb.internal;

import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializedType;

/** A recorded event of {@code $all}, with its token. */
final class TrackedEvent extends StoredEvent implements TrackedEventData<byte[]> {

    TrackedEvent(Recorded recorded, SerializedType type, MetadataCodec codec) {
        super(recorded, type, codec);
    }

    @Override
    public TrackingToken trackingToken() {
        return tokenOf(recorded());
    }

    static TrackingToken tokenOf(Recorded recorded) {
        return new GlobalSequenceTrackingToken(recorded.position());
    }

    /** One that an aggregate published. */
    static final class OfAggregate extends StoredEvent.OfAggregate implements TrackedEventData<byte[]> {

        OfAggregate(
                Recorded recorded,
                SerializedType type,
                MetadataCodec codec,
                String aggregateIdentifier,
                long sequenceNumber) {
            super(recorded, type, codec, aggregateIdentifier, sequenceNumber);
        }

        @Override
        public TrackingToken trackingToken() {
            return tokenOf(recorded());
        }
    }
}
