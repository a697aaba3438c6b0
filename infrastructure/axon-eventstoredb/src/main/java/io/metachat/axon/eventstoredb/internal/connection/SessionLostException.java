package io.metachat.axon.eventstoredb.internal.connection;

/** There is no connection now: what waited on the last one is told so, and the next one is not made yet. */
final class SessionLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SessionLostException() {
        super("No connection to EventStoreDB");
    }
}
