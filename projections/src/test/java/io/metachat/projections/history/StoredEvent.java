package io.metachat.projections.history;

import io.metachat.domain.DomainEvent;
import java.time.Instant;
import java.util.Map;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * An event as a store has it.
 *
 * @param stream the aggregate that it belongs to
 */
public record StoredEvent(long position, String stream, long sequence, Instant time, DomainEvent payload) {

    /** The event as a processor gets it. */
    public TrackedEventMessage<?> message() {
        return new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(position),
                new GenericDomainEventMessage<>(
                        stream.substring(0, stream.indexOf('-')),
                        stream,
                        sequence,
                        payload,
                        Map.of(),
                        "event-" + position,
                        time));
    }
}
