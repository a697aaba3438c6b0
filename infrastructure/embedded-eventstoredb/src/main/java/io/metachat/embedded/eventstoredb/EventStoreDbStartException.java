package io.metachat.embedded.eventstoredb;

/** The server, or a maintenance task, could not start. The message gives the reason in one line. */
public final class EventStoreDbStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EventStoreDbStartException(String message) {
        super(message);
    }

    EventStoreDbStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
