package io.metachat.axon.eventstoredb.internal;

import com.eventstore.dbclient.RecordedEvent;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializedType;

/** A recorded event of {@code $all}, with its token. */
final class TrackedEvent extends StoredEvent implements TrackedEventData<byte[]> {

    TrackedEvent(RecordedEvent recorded, SerializedType type, EventMetadata metadata) {
        super(recorded, type, metadata);
    }

    @Override
    public TrackingToken trackingToken() {
        return tokenOf(recorded());
    }

    static TrackingToken tokenOf(RecordedEvent recorded) {
        return new GlobalSequenceTrackingToken(recorded.getPosition().getCommitUnsigned());
    }

    /** One that an aggregate published. */
    static final class OfAggregate extends StoredEvent.OfAggregate implements TrackedEventData<byte[]> {

        OfAggregate(
                RecordedEvent recorded,
                SerializedType type,
                EventMetadata metadata,
                String aggregateIdentifier,
                long sequenceNumber) {
            super(recorded, type, metadata, aggregateIdentifier, sequenceNumber);
        }

        @Override
        public TrackingToken trackingToken() {
            return tokenOf(recorded());
        }
    }
}
