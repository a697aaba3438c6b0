package io.metachat.kafka.relay;

import java.util.Optional;

/** The public name of each event type. Called from several threads. */
@FunctionalInterface
public interface EventTypeNames {

    /** The name that events with this payload carry on Kafka; empty for events that are not published. */
    Optional<String> nameOf(Class<?> payloadType);
}
