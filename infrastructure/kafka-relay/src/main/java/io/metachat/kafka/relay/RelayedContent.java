package io.metachat.kafka.relay;

import java.util.Optional;
import org.axonframework.eventhandling.EventMessage;

/**
 * Selects the published content of an event: its payload, another object in its place, or nothing. Called from several
 * threads, and again for the same event after a failure; the result must then be the same.
 */
@FunctionalInterface
public interface RelayedContent {

    /** Returns the object that is written as JSON into the record; empty when the event is not published. */
    Optional<Object> of(EventMessage<?> event);
}
