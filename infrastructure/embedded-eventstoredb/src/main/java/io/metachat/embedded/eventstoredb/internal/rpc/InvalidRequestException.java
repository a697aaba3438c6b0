package io.metachat.embedded.eventstoredb.internal.rpc;

/** The request cannot be understood; the message says what is wrong, without quoting any of it. */
final class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidRequestException(String message) {
        super(message);
    }
}
