package io.metachat.kafka.relay.internal;

import io.metachat.kafka.relay.DeadLetters;
import io.metachat.kafka.relay.EventTypeNames;
import io.metachat.kafka.relay.KafkaRelayProperties.Route;
import io.metachat.kafka.relay.internal.BrokerConnection.TopicRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;

/** Maps events to topics. */
final class Routes {

    private final List<Route> routes;
    private final EventTypeNames names;

    Routes(List<Route> routes, EventTypeNames names) {
        this.routes = List.copyOf(routes);
        this.names = names;
    }

    /** The topic of an event and its public name. */
    record Destination(String topic, String eventName) {}

    Optional<Destination> of(EventMessage<?> event) {
        if (!(event instanceof DomainEventMessage<?> domainEvent)) {
            return Optional.empty();
        }
        return routes.stream()
                .filter(route -> domainEvent.getAggregateIdentifier().startsWith(route.aggregates()))
                .findFirst()
                .flatMap(route -> names.nameOf(event.getPayloadType())
                        .filter(name ->
                                route.events().isEmpty() || route.events().contains(name))
                        .map(name -> new Destination(route.topic(), name)));
    }

    /** Returns all topics and their dead-letter topics. */
    List<TopicRequest> topics() {
        List<TopicRequest> topics = new ArrayList<>();
        for (Route route : routes) {
            topics.add(new TopicRequest(route.topic(), Optional.ofNullable(route.retention())));
            topics.add(new TopicRequest(DeadLetters.topicOf(route.topic()), Optional.empty()));
        }
        return topics;
    }
}
