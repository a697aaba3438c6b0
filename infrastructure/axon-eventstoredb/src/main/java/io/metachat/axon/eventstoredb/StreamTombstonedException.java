package io.metachat.axon.eventstoredb;

import org.axonframework.common.AxonNonTransientException;

/** The stream was tombstoned: it can never be read or appended to again. */
public class StreamTombstonedException extends AxonNonTransientException {

    private static final long serialVersionUID = 1L;

    public StreamTombstonedException(String stream, Throwable cause) {
        super("Stream " + stream + " was tombstoned", cause);
    }
}
