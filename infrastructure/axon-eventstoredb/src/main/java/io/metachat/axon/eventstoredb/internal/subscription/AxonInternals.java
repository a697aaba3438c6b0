package io.metachat.axon.eventstoredb.internal.subscription;

import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;

/**
 * Everything in this module that relies on behaviour of Axon 4.13 that Axon does not document. Check it with each upgrade
 * of Axon; AxonInternalsTest has a test for each method.
 */
final class AxonInternals {

    private AxonInternals() {}

    /**
     * Returns whether the chain may change events. A chain without upcasters returns the stream that it was given. If this
     * changes, events take the slower path through the chain, with the same result.
     */
    static boolean hasUpcasters(EventUpcaster chain) {
        Stream<IntermediateEventRepresentation> nothing = Stream.empty();
        return chain.upcast(nothing) != nothing;
    }

    /**
     * Returns a message that decodes the event's metadata on demand. Axon's own message reads the timestamp, and so the
     * metadata, when it gets another token, and processors set a token on each event.
     */
    static TrackedEventMessage<?> message(TrackedEventData<byte[]> event, Message<?> message) {
        return event instanceof DomainEventData<?> ofAggregate
                ? new LazyTrackedMessage.OfAggregate<>(event.trackingToken(), ofAggregate, message)
                : new LazyTrackedMessage<>(event.trackingToken(), message, event::getTimestamp);
    }
}
