package io.metachat.axon.eventstoredb.internal.connection;

import io.metachat.axon.eventstoredb.StoreUnavailableException;
import io.metachat.axon.eventstoredb.StreamTombstonedException;
import org.axonframework.common.AxonException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** A call to the store failed. The cause is the client's exception, {@link #failure()} its meaning. */
public final class CallFailedException extends EventStoreException {

    private static final long serialVersionUID = 1L;

    private final Failure failure;
    private final String reason;

    public CallFailedException(String call, Throwable cause) {
        this(call, Failure.of(cause), Failure.unwrap(cause));
    }

    CallFailedException(String call, Failure failure, Throwable cause) {
        super(call + " failed: " + Failure.reason(cause), cause);
        this.failure = failure;
        this.reason = Failure.reason(cause);
    }

    public Failure failure() {
        return failure;
    }

    /** Returns a short name for logs and metrics, without addresses or stream names. */
    String reason() {
        return reason;
    }

    /** Returns the exception for the application, except for a conflict, which the engine translates itself. */
    public AxonException translated(String stream) {
        return switch (failure) {
            case TOMBSTONED -> new StreamTombstonedException(stream, this);
            case CONNECTION_LOST, UNKNOWN_OUTCOME ->
                new StoreUnavailableException("No answer from EventStoreDB in time: " + getMessage(), this);
            case WRONG_REVISION, NOT_FOUND, REFUSED -> this;
        };
    }
}
