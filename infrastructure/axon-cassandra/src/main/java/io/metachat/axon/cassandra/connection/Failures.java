package io.metachat.axon.cassandra.connection;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.InvalidKeyspaceException;
import com.datastax.oss.driver.api.core.UnsupportedProtocolVersionException;
import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.servererrors.FunctionFailureException;
import com.datastax.oss.driver.api.core.servererrors.ProtocolError;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import io.metachat.axon.cassandra.CassandraUnavailableException;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Names failures, and tells those that pass (no node, too few replicas, timeouts, overload) from those that stay (wrong statements). */
final class Failures {

    private Failures() {}

    /** Returns the exception to throw for a failed operation; the message names the operation, never a value of it. */
    static RuntimeException translate(String operation, RuntimeException failure) {
        if (failure instanceof CompletionException && failure.getCause() instanceof RuntimeException cause) {
            return translate(operation, cause);
        }
        if (failure instanceof CassandraUnavailableException || !passes(failure)) {
            return failure;
        }
        return new CassandraUnavailableException(
                "Cassandra did not answer [%s]: %s"
                        .formatted(operation, failure.getClass().getSimpleName()),
                failure);
    }

    /**
     * Tells why no session could be opened, in the same words for the same reason: the driver's own message has object
     * hashes and session names in it, which differ from attempt to attempt.
     */
    static String reason(RuntimeException failure) {
        if (failure instanceof AllNodesFailedException failed
                && !failed.getAllErrors().isEmpty()) {
            return failed.getAllErrors().entrySet().stream()
                    .map(node -> "%s: %s"
                            .formatted(
                                    node.getKey().getEndPoint(),
                                    root(node.getValue().get(0))))
                    .sorted()
                    .collect(Collectors.joining("; "));
        }
        return String.valueOf(failure.getMessage());
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null || message.contains("hashCode=")
                ? root.getClass().getSimpleName()
                : message;
    }

    private static boolean passes(RuntimeException failure) {
        if (failure instanceof IllegalStateException) {
            // The driver's answer to a request on a session that was closed in between.
            return "Session is closed".equals(failure.getMessage());
        }
        return failure instanceof DriverException
                && !(failure instanceof QueryValidationException
                        || failure instanceof FunctionFailureException
                        || failure instanceof ProtocolError
                        || failure instanceof UnsupportedProtocolVersionException
                        || failure instanceof InvalidKeyspaceException
                        || failure instanceof FrameTooLongException);
    }
}
