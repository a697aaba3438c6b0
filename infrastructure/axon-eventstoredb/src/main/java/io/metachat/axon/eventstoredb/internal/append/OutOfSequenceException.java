package io.metachat.axon.eventstoredb.internal.append;

/** The events of one append contradict each other: a repeated identifier, or a gap. Nothing was sent. */
final class OutOfSequenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutOfSequenceException(String message) {
        super(message);
    }
}
