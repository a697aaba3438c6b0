package io.metachat.axon.eventstoredb;

import java.util.List;
import org.axonframework.common.AxonNonTransientException;

/**
 * One unit of work published to several streams. Appends are atomic per stream only, so this is refused, before
 * anything is written, unless ordered best effort was chosen.
 */
public class MultipleStreamsException extends AxonNonTransientException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> streams;

    public MultipleStreamsException(List<String> streams) {
        super("One unit of work cannot append to several streams atomically: " + String.join(", ", streams)
                + ". Publish to one aggregate per command, or allow best effort.");
        this.streams = List.copyOf(streams);
    }

    /** The streams, in the order of publication. */
    public List<String> streams() {
        return streams;
    }
}
