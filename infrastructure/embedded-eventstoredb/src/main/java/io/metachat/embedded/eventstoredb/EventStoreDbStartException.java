package io.metachat.embedded.eventstoredb;

/** The server, or a work on its data, could not start; the message is one line that says why. */
public final class EventStoreDbStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EventStoreDbStartException(String message) {
        super(message);
    }

    EventStoreDbStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
