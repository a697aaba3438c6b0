package io.metachat.axon.eventstoredb;

import java.util.List;
import org.axonframework.common.AxonNonTransientException;

/**
 * One unit of work published to several streams. Appends are atomic per stream only, so the engine refuses this before it
 * writes anything, unless ordered best effort is enabled.
 */
public class MultipleStreamsException extends AxonNonTransientException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> streams;

    public MultipleStreamsException(List<String> streams) {
        super("One unit of work cannot append to several streams atomically: " + String.join(", ", streams)
                + ". Publish to one aggregate per command, or enable ordered best effort.");
        this.streams = List.copyOf(streams);
    }

    /** Returns the streams in the order of publication. */
    public List<String> streams() {
        return streams;
    }
}
