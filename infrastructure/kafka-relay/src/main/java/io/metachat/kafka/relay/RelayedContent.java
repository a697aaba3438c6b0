package io.metachat.kafka.relay;

import java.util.Optional;
import org.axonframework.eventhandling.EventMessage;

/**
 * What of an event leaves the application: its payload, another object in its place, or nothing. Called from several
 * threads, again for the same event after a failure; must give the same answer then.
 */
@FunctionalInterface
public interface RelayedContent {

    /** What is written as JSON into the record; empty when the event is not published. */
    Optional<Object> of(EventMessage<?> event);
}
