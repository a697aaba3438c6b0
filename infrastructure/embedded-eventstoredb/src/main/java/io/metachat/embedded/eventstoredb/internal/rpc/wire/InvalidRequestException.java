package io.metachat.embedded.eventstoredb.internal.rpc.wire;

/** The request cannot be understood; the message says what is wrong, without quoting any of it. */
public final class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidRequestException(String message) {
        super(message);
    }
}
