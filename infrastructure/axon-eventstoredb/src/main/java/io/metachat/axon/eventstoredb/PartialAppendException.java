package io.metachat.axon.eventstoredb;

import java.util.List;
import org.axonframework.common.AxonNonTransientException;

/**
 * With ordered best effort, some streams of a unit of work were appended to, and a later one failed. The events already
 * appended stay. The cause is the failure of that one stream.
 */
public class PartialAppendException extends AxonNonTransientException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> appended;
    private final String failed;

    public PartialAppendException(List<String> appended, String failed, RuntimeException cause) {
        super("Appended to " + String.join(", ", appended) + " but then failed on " + failed, cause);
        this.appended = List.copyOf(appended);
        this.failed = failed;
    }

    /** Returns the streams whose events are stored. */
    public List<String> appended() {
        return appended;
    }

    /** Returns the stream whose append failed; no later one was tried. */
    public String failed() {
        return failed;
    }
}
