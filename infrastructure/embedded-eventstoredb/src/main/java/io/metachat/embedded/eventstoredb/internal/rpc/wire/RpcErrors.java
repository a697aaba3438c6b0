package io.metachat.embedded.eventstoredb.internal.rpc.wire;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.metachat.embedded.eventstoredb.internal.commit.WriteRefusedException;
import io.metachat.embedded.eventstoredb.internal.group.GroupException;
import io.metachat.embedded.eventstoredb.internal.read.StreamDeletedException;
import io.metachat.embedded.eventstoredb.internal.rules.ExpectedRevision;
import io.metachat.embedded.eventstoredb.internal.storage.StorageException;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** The statuses and trailers by which clients recognise errors. */
public final class RpcErrors {

    private static final Metadata.Key<String> MAXIMUM_APPEND_SIZE =
            Metadata.Key.of("maximum-append-size", Metadata.ASCII_STRING_MARSHALLER);

    private static final System.Logger log = System.getLogger(RpcErrors.class.getName());

    private RpcErrors() {}

    public static StatusRuntimeException streamDeleted(String stream) {
        return named("stream-deleted", Status.FAILED_PRECONDITION.withDescription("The stream has a tombstone."))
                .with("stream-name", stream)
                .build();
    }

    public static StatusRuntimeException wrongExpectedVersion(String stream, ExpectedRevision expected, long actual) {
        return named(
                        "wrong-expected-version",
                        Status.FAILED_PRECONDITION.withDescription("Wrong expected version: expected "
                                + expected.number() + ", the stream is at " + actual + "."))
                .with("stream-name", stream)
                .with("expected-version", Long.toString(expected.number()))
                .with("actual-version", Long.toString(actual))
                .build();
    }

    public static StatusRuntimeException appendTooLarge(int limit) {
        return named(
                        "maximum-append-size-exceeded",
                        Status.INVALID_ARGUMENT.withDescription("An append may have at most " + limit + " bytes."))
                .with(MAXIMUM_APPEND_SIZE.originalName(), Integer.toString(limit))
                .build();
    }

    public static StatusRuntimeException missingEventMetadata(String property) {
        return named(
                        "missing-required-metadata-property",
                        Status.INVALID_ARGUMENT.withDescription("An event needs the metadata '" + property + "'."))
                .with("required-metadata-properties", Wire.TYPE + "," + Wire.CONTENT_TYPE)
                .build();
    }

    public static StatusRuntimeException notLeader(String host, int port) {
        return named("not-leader", Status.NOT_FOUND.withDescription("Leader info available"))
                .with("leader-endpoint-host", host)
                .with("leader-endpoint-port", Integer.toString(port))
                .build();
    }

    public static StatusRuntimeException accessDenied() {
        return named("access-denied", Status.PERMISSION_DENIED.withDescription("Access denied"))
                .build();
    }

    public static StatusRuntimeException notAuthenticated() {
        return Status.UNAUTHENTICATED
                .withDescription("The credentials are not known.")
                .asRuntimeException();
    }

    public static StatusRuntimeException stopping() {
        return Status.UNAVAILABLE.withDescription("The server is stopping.").asRuntimeException();
    }

    /** Converts a failure into the caller's error. Logs only unexpected failures. */
    public static StatusRuntimeException of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof StatusRuntimeException status) {
            return status;
        }
        if (cause instanceof StreamDeletedException deleted) {
            return streamDeleted(deleted.stream());
        }
        if (cause instanceof GroupException refused) {
            return group(refused);
        }
        if (cause instanceof InvalidRequestException || cause instanceof IllegalArgumentException) {
            return Status.INVALID_ARGUMENT.withDescription(cause.getMessage()).asRuntimeException();
        }
        if (cause instanceof WriteRefusedException) {
            return Status.RESOURCE_EXHAUSTED
                    .withDescription("Not written: " + cause.getMessage())
                    .asRuntimeException();
        }
        if (cause instanceof StorageException) {
            log.log(System.Logger.Level.ERROR, "The storage failed", cause);
            return Status.UNAVAILABLE.withDescription("The storage failed.").asRuntimeException();
        }
        log.log(System.Logger.Level.ERROR, "A call failed", cause);
        return Status.INTERNAL.withDescription("The call failed.").asRuntimeException();
    }

    /** Returns the limit in an error of {@link #appendTooLarge}, or empty for other errors. */
    public static Optional<Integer> exceededAppendSize(StatusRuntimeException status) {
        return Optional.ofNullable(status.getTrailers())
                .map(trailers -> trailers.get(MAXIMUM_APPEND_SIZE))
                .map(Integer::valueOf);
    }

    private static StatusRuntimeException group(GroupException refused) {
        Named named = switch (refused.reason()) {
            case EXISTS ->
                named(
                        "persistent-subscription-exists",
                        Status.ALREADY_EXISTS.withDescription("The group exists already."));
            case DOES_NOT_EXIST ->
                named(
                        "persistent-subscription-does-not-exist",
                        Status.NOT_FOUND.withDescription("The group does not exist."));
            case TOO_MANY_CONSUMERS ->
                named(
                        "maximum-subscribers-reached",
                        Status.FAILED_PRECONDITION.withDescription("The group has all the consumers it may have."));
            case STOPPING -> new Named(stopping().getStatus());
            case DROPPED ->
                named(
                        "persistent-subscription-dropped",
                        Status.CANCELLED.withDescription("The group was changed, deleted or restarted."));
        };
        return named.with("stream-name", refused.group().stream())
                .with("group-name", refused.group().name())
                .build();
    }

    private static Named named(String exception, Status status) {
        return new Named(status).with("exception", exception);
    }

    private static final class Named {
        private final Status status;
        private final Metadata trailers = new Metadata();

        private Named(Status status) {
            this.status = status;
        }

        private Named with(String key, String value) {
            trailers.put(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER), TrailerText.of(value));
            return this;
        }

        private StatusRuntimeException build() {
            return status.asRuntimeException(trailers);
        }
    }
}
