package io.metachat.axon.cassandra.saga;

import org.axonframework.common.AxonTransientException;

/**
 * Another node has changed, ended or started the same saga since this one read it. Handling the event again, on the saga
 * as it is now, is the way on.
 */
public class SagaConflictException extends AxonTransientException {

    public SagaConflictException(String message) {
        super(message);
    }
}
