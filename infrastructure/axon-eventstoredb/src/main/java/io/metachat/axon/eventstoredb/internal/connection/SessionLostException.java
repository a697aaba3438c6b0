package io.metachat.axon.eventstoredb.internal.connection;

/** There is no connection: the last session is lost, and the next one is not open yet. */
final class SessionLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SessionLostException() {
        super("No connection to EventStoreDB");
    }
}
