package io.metachat.axon.eventstoredb;

import org.axonframework.serialization.SerializationException;

/** A payload class, or the revision of a known logical name, that the {@link EventTypeRegistry} does not know. */
public class UnregisteredEventTypeException extends SerializationException {

    private static final long serialVersionUID = 1L;

    public UnregisteredEventTypeException(String message) {
        super(message);
    }
}
