package io.metachat.axon.eventstoredb.internal.connection;

import io.metachat.axon.eventstoredb.StoreUnavailableException;
import io.metachat.axon.eventstoredb.StreamTombstonedException;
import org.axonframework.common.AxonException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** A call to the store failed; {@link #failure()} says what that means, the cause what the client said. */
public final class CallFailedException extends EventStoreException {

    private static final long serialVersionUID = 1L;

    private final Failure failure;

    public CallFailedException(String call, Throwable cause) {
        this(call, Failure.of(cause), Failure.unwrap(cause));
    }

    CallFailedException(String call, Failure failure, Throwable cause) {
        super(call + " failed: " + Failure.reason(cause), cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }

    /** As the application is told, where it is not about an expected revision. */
    public AxonException translated(String stream) {
        return switch (failure) {
            case TOMBSTONED -> new StreamTombstonedException(stream, this);
            case CONNECTION_LOST, UNKNOWN_OUTCOME ->
                new StoreUnavailableException("EventStoreDB did not answer in time: " + getMessage(), this);
            case WRONG_REVISION, NOT_FOUND, REFUSED -> this;
        };
    }
}
