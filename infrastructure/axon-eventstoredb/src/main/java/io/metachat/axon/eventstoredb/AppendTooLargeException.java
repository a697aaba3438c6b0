package io.metachat.axon.eventstoredb;

import org.axonframework.common.AxonNonTransientException;

/** The events of one append exceed the size that the server accepts. Nothing was sent. */
public class AppendTooLargeException extends AxonNonTransientException {

    private static final long serialVersionUID = 1L;

    public AppendTooLargeException(String stream, int events, long size, long limit) {
        super("Append of " + events + " events to " + stream + " is " + size + " bytes, which exceeds the limit of "
                + limit);
    }
}
