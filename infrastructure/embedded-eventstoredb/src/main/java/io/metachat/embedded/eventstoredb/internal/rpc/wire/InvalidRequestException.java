package io.metachat.embedded.eventstoredb.internal.rpc.wire;

/** The request is invalid. The message gives the reason without quoting the request. */
public final class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidRequestException(String message) {
        super(message);
    }
}
