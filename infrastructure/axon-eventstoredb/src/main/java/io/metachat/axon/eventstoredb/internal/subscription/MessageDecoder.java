package io.metachat.axon.eventstoredb.internal.subscription;

import io.metachat.axon.eventstoredb.internal.codec.EventCodec;
import io.metachat.axon.eventstoredb.internal.codec.StoredEvent;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.SerializedMessage;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/** Decodes stored events into the messages of tracking consumers. */
public final class MessageDecoder {

    private final EventCodec codec;
    private final Serializer serializer;
    private final EventUpcaster upcasters;
    private final boolean upcasts;

    public MessageDecoder(EventCodec codec, Serializer serializer, EventUpcaster upcasters) {
        this.codec = codec;
        this.serializer = serializer;
        this.upcasters = upcasters;
        this.upcasts = AxonInternals.hasUpcasters(upcasters);
    }

    /** Returns one message as a rule; upcasters may return none or several. */
    List<TrackedEventMessage<?>> decode(StoredEvent stored) {
        TrackedEventData<byte[]> event = codec.decodeTracked(stored);
        return upcasts
                ? EventUtils.upcastAndDeserializeTrackedEvents(Stream.of(event), serializer, upcasters)
                        .toList()
                : List.of(message(event));
    }

    private TrackedEventMessage<?> message(TrackedEventData<byte[]> event) {
        SerializedMessage<?> message = new SerializedMessage<>(
                event.getEventIdentifier(), event.getPayload(), event.getMetaData(), serializer);
        return AxonInternals.message(event, message);
    }
}
