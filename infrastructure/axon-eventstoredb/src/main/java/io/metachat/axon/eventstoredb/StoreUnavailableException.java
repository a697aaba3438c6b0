package io.metachat.axon.eventstoredb;

import org.axonframework.eventsourcing.eventstore.EventStoreException;

/**
 * EventStoreDB did not answer within the configured time. After an append the outcome is unknown: the events may be
 * stored. Publishing them again with the same identifiers and sequence numbers is safe.
 */
public class StoreUnavailableException extends EventStoreException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
