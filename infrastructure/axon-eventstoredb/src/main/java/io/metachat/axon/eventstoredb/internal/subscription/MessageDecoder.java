package io.metachat.axon.eventstoredb.internal.subscription;

import io.metachat.axon.eventstoredb.internal.codec.EventCodec;
import io.metachat.axon.eventstoredb.internal.codec.StoredEvent;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.SerializedMessage;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;

/** Makes stored events into the messages that tracking consumers get. */
public final class MessageDecoder {

    private final EventCodec codec;
    private final Serializer serializer;
    private final EventUpcaster upcasters;
    private final boolean upcasts;

    public MessageDecoder(EventCodec codec, Serializer serializer, EventUpcaster upcasters) {
        this.codec = codec;
        this.serializer = serializer;
        this.upcasters = upcasters;
        // A chain without upcasters gives back the very stream that it got.
        Stream<IntermediateEventRepresentation> nothing = Stream.empty();
        this.upcasts = upcasters.upcast(nothing) != nothing;
    }

    /** One message, as a rule; upcasters may make it none or several. */
    List<TrackedEventMessage<?>> of(StoredEvent stored) {
        TrackedEventData<byte[]> event = codec.decodeTracked(stored);
        return upcasts
                ? EventUtils.upcastAndDeserializeTrackedEvents(Stream.of(event), serializer, upcasters)
                        .toList()
                : List.of(message(event));
    }

    private TrackedEventMessage<?> message(TrackedEventData<byte[]> event) {
        SerializedMessage<?> message = new SerializedMessage<>(
                event.getEventIdentifier(), event.getPayload(), event.getMetaData(), serializer);
        return event instanceof DomainEventData<?> ofAggregate
                ? new LazyTrackedMessage.OfAggregate<>(event.trackingToken(), ofAggregate, message)
                : new LazyTrackedMessage<>(event.trackingToken(), message, event::getTimestamp);
    }
}
