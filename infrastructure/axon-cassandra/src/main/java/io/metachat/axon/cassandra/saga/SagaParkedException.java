package io.metachat.axon.cassandra.saga;

import org.axonframework.common.AxonTransientException;

/** A deadline is due for a saga that has parked events: it waits for them, as everything that follows them does. */
public class SagaParkedException extends AxonTransientException {

    public SagaParkedException(String message) {
        super(message);
    }
}
