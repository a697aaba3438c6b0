package io.metachat.kafka.relay.internal;

import io.metachat.kafka.relay.DeadLetters;
import io.metachat.kafka.relay.EventRepublisher;
import io.metachat.kafka.relay.EventTypeNames;
import io.metachat.kafka.relay.KafkaRelayProperties.Route;
import io.metachat.kafka.relay.RelayedContent;
import io.metachat.kafka.relay.internal.BrokerConnection.TopicRequest;
import io.metachat.kafka.relay.internal.Routes.Destination;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.messaging.EventPublicationFailedException;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the events of a streaming processor. Records are sent in order without waiting. The acknowledgements of a batch
 * are awaited together, before the processor stores its token.
 */
public final class Relay implements EventMessageHandler, EventRepublisher {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    private static final String SENT = Relay.class.getName() + ".sent";
    private static final String REPUBLISHED = "ce_republished";

    private final Routes routes;
    private final List<TopicRequest> topics;
    private final RelayedContent content;
    private final CloudEventRecords records;
    private final BrokerConnection broker;
    private final MeterRegistry meters;
    private final Timer acknowledgement;

    /**
     * @param serializer writes the content as JSON
     * @param source the {@code ce_source} of all records
     */
    public Relay(
            List<Route> routes,
            EventTypeNames names,
            RelayedContent content,
            Serializer serializer,
            URI source,
            BrokerConnection broker,
            MeterRegistry meters) {
        this.routes = new Routes(routes, names);
        this.topics = this.routes.topics();
        this.content = content;
        this.records = new CloudEventRecords(serializer, source);
        this.broker = broker;
        this.meters = meters;
        this.acknowledgement = meters.timer("kafka.relay.batch.acknowledgement");
    }

    private record Sent(DomainEventMessage<?> event, Destination destination, Future<RecordMetadata> acknowledgement) {}

    @Override
    public boolean canHandle(EventMessage<?> event) {
        return routes.of(event).isPresent();
    }

    @Override
    public @Nullable Object handle(EventMessage<?> event) throws InterruptedException {
        Optional<Destination> destination = routes.of(event);
        if (destination.isPresent() && event instanceof DomainEventMessage<?> domainEvent) {
            publish(domainEvent, destination.get());
        }
        return null;
    }

    /** Awaits the acknowledgements after the last event of a batch. */
    public MessageHandlerInterceptor<EventMessage<?>> acknowledgements() {
        return new MessageHandlerInterceptor<>() {
            @Override
            public @Nullable Object handle(UnitOfWork<? extends EventMessage<?>> unitOfWork, InterceptorChain chain)
                    throws Exception {
                Object result = chain.proceed();
                // Not later: the processor stores its token when the unit of work prepares its commit.
                if (!(unitOfWork instanceof BatchingUnitOfWork<?> batch) || batch.isLastMessage()) {
                    awaitAcknowledgements(sent(unitOfWork));
                }
                return result;
            }
        };
    }

    @Override
    public void republish(List<? extends DomainEventMessage<?>> events) throws InterruptedException {
        List<Sent> batch = new ArrayList<>();
        for (DomainEventMessage<?> event : events) {
            Optional<Destination> destination = routes.of(event);
            if (destination.isPresent()) {
                Optional<ProducerRecord<String, byte[]>> record = record(event, destination.get());
                if (record.isPresent()) {
                    add(record.get().headers(), REPUBLISHED, "true");
                    batch.add(new Sent(event, destination.get(), broker.send(record.get())));
                }
            }
        }
        awaitAcknowledgements(batch);
    }

    private void publish(DomainEventMessage<?> event, Destination destination) throws InterruptedException {
        Optional<ProducerRecord<String, byte[]>> record = record(event, destination);
        if (record.isPresent()) {
            sent(CurrentUnitOfWork.get()).add(new Sent(event, destination, broker.send(record.get())));
        }
    }

    /** Returns empty when the event is not published, or became a dead letter. */
    private Optional<ProducerRecord<String, byte[]>> record(DomainEventMessage<?> event, Destination destination)
            throws InterruptedException {
        broker.requireTopics(topics);
        try {
            return content.of(event).map(published -> records.record(event, published, destination));
        } catch (SerializationException unwritable) {
            deadLetter(event, destination, "The event cannot be written as JSON");
            return Optional.empty();
        }
    }

    private void awaitAcknowledgements(List<Sent> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        Timer.Sample sample = Timer.start(meters);
        for (Sent sent : batch) {
            try {
                broker.await(sent.acknowledgement());
                meters.counter(
                                "kafka.relay.published",
                                "topic",
                                sent.destination().topic())
                        .increment();
            } catch (ExecutionException refused) {
                handleRefusal(sent, refused.getCause());
            }
        }
        batch.clear();
        sample.stop(acknowledgement);
    }

    private void handleRefusal(Sent sent, @Nullable Throwable reason) throws InterruptedException {
        if (reason instanceof RecordTooLargeException) {
            deadLetter(sent.event(), sent.destination(), "The record is too large");
            return;
        }
        throw new EventPublicationFailedException("Kafka refused an event", reason);
    }

    // Without the content, which may be the cause. It is in the event store, at the position.
    private void deadLetter(DomainEventMessage<?> event, Destination destination, String reason)
            throws InterruptedException {
        String topic = DeadLetters.topicOf(destination.topic());
        ProducerRecord<String, byte[]> letter = new ProducerRecord<>(topic, event.getAggregateIdentifier(), null);
        Headers headers = letter.headers();
        add(headers, "ce_id", event.getIdentifier());
        add(headers, "ce_type", destination.eventName());
        add(headers, "ce_subject", event.getAggregateIdentifier());
        CloudEventRecords.position(event).ifPresent(position -> add(headers, "ce_position", position));
        add(headers, DeadLetters.REASON, reason);
        add(headers, DeadLetters.TOPIC, destination.topic());
        try {
            broker.await(broker.send(letter));
        } catch (ExecutionException refused) {
            throw new EventPublicationFailedException("Kafka refused a dead letter", refused.getCause());
        }
        meters.counter("kafka.relay.dead.lettered", "topic", destination.topic())
                .increment();
        log.atWarn()
                .addKeyValue("eventId", event.getIdentifier())
                .addKeyValue("eventType", destination.eventName())
                .log("Dead-lettered an event to {}: {}", topic, reason);
    }

    private static List<Sent> sent(UnitOfWork<?> unitOfWork) {
        return unitOfWork.root().getOrComputeResource(SENT, key -> new ArrayList<>());
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
