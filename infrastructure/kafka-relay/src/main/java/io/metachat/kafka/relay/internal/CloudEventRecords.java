package io.metachat.kafka.relay.internal;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.metachat.kafka.relay.internal.Routes.Destination;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.extensions.kafka.eventhandling.cloudevent.CloudEventKafkaMessageConverter;
import org.axonframework.serialization.Serializer;

/** Converts events to Kafka records via the converter of the Axon Kafka extension. */
final class CloudEventRecords {

    private static final String POSITION = "position";

    // Extension names are lower-case letters and digits, so metadata with other names is mapped or omitted.
    private static final Map<String, String> EXTENSIONS = Map.of(
            "$correlationId",
            "correlationid",
            "$causationId",
            "causationid",
            "traceparent",
            "traceparent",
            POSITION,
            POSITION);

    private final CloudEventKafkaMessageConverter converter;

    CloudEventRecords(Serializer serializer, URI source) {
        this.converter = CloudEventKafkaMessageConverter.builder()
                .serializer(new NamedContentSerializer(serializer))
                .sourceSupplier(event -> source)
                .subjectSupplier(event -> Optional.of(aggregateOf(event)))
                .dataContentTypeSupplier(event -> Optional.of("application/json"))
                .build();
    }

    /**
     * Returns the record of {@code event} with {@code content} as its data.
     *
     * @throws org.axonframework.serialization.SerializationException when the content cannot be written
     */
    ProducerRecord<String, byte[]> record(DomainEventMessage<?> event, Object content, Destination destination) {
        DomainEventMessage<?> published = new GenericDomainEventMessage<>(
                event.getType(),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                new NamedContent(destination.eventName(), content),
                metadata(event),
                event.getIdentifier(),
                event.getTimestamp());
        ProducerRecord<String, CloudEvent> record = converter.createKafkaMessage(published, destination.topic());
        return KafkaMessageFactory.<String>createWriter(destination.topic(), null, record.key())
                .writeBinary(record.value());
    }

    /** Returns the position of {@code event} in the event store; empty when unknown. */
    static Optional<String> position(EventMessage<?> event) {
        if (!(event instanceof TrackedEventMessage<?> tracked)) {
            return Optional.empty();
        }
        TrackingToken token = WrappedToken.unwrapUpperBound(tracked.trackingToken());
        return token == null || token.position().isEmpty()
                ? Optional.empty()
                : Optional.of(Long.toString(token.position().getAsLong()));
    }

    private static Map<String, String> metadata(EventMessage<?> event) {
        Map<String, String> metadata = new HashMap<>();
        EXTENSIONS.forEach((key, extension) -> {
            Object value = event.getMetaData().get(key);
            if (value != null) {
                metadata.put(extension, value.toString());
            }
        });
        position(event).ifPresent(position -> metadata.put(POSITION, position));
        return metadata;
    }

    private static String aggregateOf(EventMessage<?> event) {
        return ((DomainEventMessage<?>) event).getAggregateIdentifier();
    }
}
