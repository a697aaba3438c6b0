package io.metachat.axon.eventstoredb.internal.connection;

import com.eventstore.dbclient.ConnectionShutdownException;
import com.eventstore.dbclient.NotLeaderException;
import com.eventstore.dbclient.StreamDeletedException;
import com.eventstore.dbclient.StreamNotFoundException;
import com.eventstore.dbclient.WrongExpectedVersionException;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** What a failed call means for the caller and for the connection. */
public enum Failure {
    /** The stream is not at the expected revision. */
    WRONG_REVISION(false),
    /** The stream was tombstoned. */
    TOMBSTONED(false),
    /** The stream does not exist. */
    NOT_FOUND(false),
    /** The connection, or the whole client, is of no more use; whether the call took effect is unknown. */
    CONNECTION_LOST(true),
    /** The call alone failed; whether it took effect is unknown. */
    UNKNOWN_OUTCOME(true),
    /** The server understood and will say the same again. */
    REFUSED(false);

    private static final Metadata.Key<String> LEADER_HOST =
            Metadata.Key.of("leader-endpoint-host", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> EXCEPTION =
            Metadata.Key.of("exception", Metadata.ASCII_STRING_MARSHALLER);

    private final boolean retryable;

    Failure(boolean retryable) {
        this.retryable = retryable;
    }

    public boolean isRetryable() {
        return retryable;
    }

    public static Failure of(Throwable thrown) {
        Throwable cause = unwrap(thrown);
        if (cause instanceof WrongExpectedVersionException) {
            return WRONG_REVISION;
        }
        if (cause instanceof StreamDeletedException) {
            return TOMBSTONED;
        }
        if (cause instanceof StreamNotFoundException) {
            return NOT_FOUND;
        }
        if (cause instanceof SessionLostException
                || cause instanceof ConnectionShutdownException
                || cause instanceof NotLeaderException
                || cause instanceof TimeoutException) {
            return CONNECTION_LOST;
        }
        if (cause instanceof StatusRuntimeException status) {
            return ofStatus(status);
        }
        return REFUSED;
    }

    /** The client itself overlooks not-leader where it ends a subscription, and stream-deleted where it reads. */
    private static Failure ofStatus(StatusRuntimeException status) {
        Metadata trailers = status.getTrailers();
        if (trailers != null && trailers.containsKey(LEADER_HOST)) {
            return CONNECTION_LOST;
        }
        if (trailers != null && "stream-deleted".equals(trailers.get(EXCEPTION))) {
            return TOMBSTONED;
        }
        return switch (status.getStatus().getCode()) {
            case UNAVAILABLE -> CONNECTION_LOST;
            // A connection that breaks while a call is being opened on it is UNKNOWN, with the broken channel as cause.
            case UNKNOWN, INTERNAL -> status.getCause() instanceof IOException ? CONNECTION_LOST : UNKNOWN_OUTCOME;
            // CANCELLED is how a call ends when another one made the client close their common channel.
            case ABORTED, DEADLINE_EXCEEDED, CANCELLED -> UNKNOWN_OUTCOME;
            default -> REFUSED;
        };
    }

    /** A short name for logs and metrics: no addresses, no stream names. */
    public static String reason(Throwable thrown) {
        Throwable cause = unwrap(thrown);
        return cause instanceof StatusRuntimeException status
                ? status.getStatus().getCode().name()
                : cause.getClass().getSimpleName();
    }

    /** The client wraps what it throws in layers of futures and plain runtime exceptions. */
    public static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null
                && (cause instanceof CompletionException
                        || cause instanceof ExecutionException
                        || cause.getClass() == RuntimeException.class)) {
            cause = cause.getCause();
        }
        return cause;
    }
}
