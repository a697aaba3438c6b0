package io.metachat.kafka.relay;

import java.util.Optional;

/** Maps payload types to public event names. Called from several threads. */
@FunctionalInterface
public interface EventTypeNames {

    /** Returns the name of events with this payload on Kafka; empty for events that are not published. */
    Optional<String> nameOf(Class<?> payloadType);
}
