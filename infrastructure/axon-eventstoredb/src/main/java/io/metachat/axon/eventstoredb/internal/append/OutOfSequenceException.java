package io.metachat.axon.eventstoredb.internal.append;

/** The events of one append contradict each other before the server is asked: same identifier, or a gap. */
final class OutOfSequenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutOfSequenceException(String message) {
        super(message);
    }
}
