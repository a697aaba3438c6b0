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

/** The meaning of a failed call for its caller and for the connection. */
public enum Failure {
    /** The stream is not at the expected revision. */
    WRONG_REVISION(false),
    /** The stream was tombstoned. */
    TOMBSTONED(false),
    /** The stream does not exist. */
    NOT_FOUND(false),
    /** The connection, or the whole client, is unusable; whether the call took effect is unknown. */
    CONNECTION_LOST(true),
    /** The call alone failed; whether it took effect is unknown. */
    UNKNOWN_OUTCOME(true),
    /** The server refused the call, and a retry would be refused too. */
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

    /** Checks the trailers first: the client ignores not-leader on subscriptions, and stream-deleted on reads. */
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
            // A connection that breaks while a call is opened on it is reported as UNKNOWN, with the broken channel as
            // cause.
            case UNKNOWN, INTERNAL -> status.getCause() instanceof IOException ? CONNECTION_LOST : UNKNOWN_OUTCOME;
            // A call is CANCELLED when another call made the client close their common channel.
            case ABORTED, DEADLINE_EXCEEDED, CANCELLED -> UNKNOWN_OUTCOME;
            default -> REFUSED;
        };
    }

    /** Returns a short name for logs and metrics, without addresses or stream names. */
    public static String reason(Throwable thrown) {
        Throwable cause = unwrap(thrown);
        return cause instanceof StatusRuntimeException status
                ? status.getStatus().getCode().name()
                : cause.getClass().getSimpleName();
    }

    /** Removes the layers of future and plain runtime exceptions that the client wraps around a failure. */
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
