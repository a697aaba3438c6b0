package io.metachat.axon.eventstoredb.internal.subscription;

import java.io.Serial;
import java.time.Instant;
import java.util.function.Supplier;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.Message;

/**
 * A tracked event that decodes its metadata on demand. See {@link AxonInternals#message}.
 */
final class LazyTrackedMessage<T> extends GenericTrackedEventMessage<T> {

    @Serial
    private static final long serialVersionUID = 1L;

    LazyTrackedMessage(TrackingToken token, Message<T> message, Supplier<Instant> timestamp) {
        super(token, message, timestamp);
    }

    @Override
    public GenericTrackedEventMessage<T> withTrackingToken(TrackingToken token) {
        return new LazyTrackedMessage<>(token, getDelegate(), this::getTimestamp);
    }

    /** Serializes as Axon's own message, because this one refers to the stored event. */
    @Serial
    private Object writeReplace() {
        return new GenericTrackedEventMessage<>(trackingToken(), this);
    }

    /** An event of an aggregate. */
    static final class OfAggregate<T> extends GenericTrackedDomainEventMessage<T> {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient DomainEventData<?> event;

        OfAggregate(TrackingToken token, DomainEventData<?> event, Message<T> message) {
            this(token, event, message, event::getTimestamp);
        }

        private OfAggregate(
                TrackingToken token, DomainEventData<?> event, Message<T> message, Supplier<Instant> timestamp) {
            super(token, "", event.getAggregateIdentifier(), event.getSequenceNumber(), message, timestamp);
            this.event = event;
        }

        @Override
        public String getType() {
            return event.getType();
        }

        @Override
        public GenericTrackedDomainEventMessage<T> withTrackingToken(TrackingToken token) {
            return new OfAggregate<>(token, event, getDelegate(), this::getTimestamp);
        }

        /** Serializes as Axon's own message, because this one refers to the stored event. */
        @Serial
        private Object writeReplace() {
            return new GenericTrackedDomainEventMessage<>(trackingToken(), this);
        }
    }
}
