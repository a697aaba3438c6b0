package io.metachat.embedded.eventstoredb.internal.rpc.appends;

import com.eventstore.dbclient.proto.shared.Shared;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.BatchAppendReq;
import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.RpcErrors;

/** The errors of one append of a batch, as the {@code google.rpc.Status} that clients unpack. */
final class BatchErrors {

    private BatchErrors() {}

    static Status wrongExpectedVersion(BatchAppendReq.Options options, long actual) {
        Shared.WrongExpectedVersion.Builder wrong = Shared.WrongExpectedVersion.newBuilder();
        if (actual < 0) {
            wrong.setCurrentNoStream(Empty.getDefaultInstance());
        } else {
            wrong.setCurrentStreamRevision(actual);
        }
        switch (options.getExpectedStreamPositionCase()) {
            case STREAM_POSITION -> wrong.setExpectedStreamPosition(options.getStreamPosition());
            case NO_STREAM -> wrong.setExpectedNoStream(Empty.getDefaultInstance());
            case STREAM_EXISTS -> wrong.setExpectedStreamExists(Empty.getDefaultInstance());
            case ANY, EXPECTEDSTREAMPOSITION_NOT_SET -> wrong.setExpectedAny(Empty.getDefaultInstance());
        }
        return status(Code.ALREADY_EXISTS, "Wrong expected version.", wrong.build());
    }

    static Status streamDeleted(BatchAppendReq.Options options) {
        return status(
                Code.FAILED_PRECONDITION,
                "The stream has a tombstone.",
                Shared.StreamDeleted.newBuilder()
                        .setStreamIdentifier(options.getStreamIdentifier())
                        .build());
    }

    static Status of(Throwable failure) {
        StatusRuntimeException status = RpcErrors.of(failure);
        String message = String.valueOf(status.getStatus().getDescription());
        return switch (status.getStatus().getCode()) {
            case INVALID_ARGUMENT ->
                RpcErrors.exceededAppendSize(status)
                        .map(limit -> status(
                                Code.INVALID_ARGUMENT,
                                message,
                                Shared.MaximumAppendSizeExceeded.newBuilder()
                                        .setMaxAppendSize(limit)
                                        .build()))
                        .orElseGet(() -> status(
                                Code.INVALID_ARGUMENT,
                                message,
                                Shared.BadRequest.newBuilder()
                                        .setMessage(message)
                                        .build()));
            case PERMISSION_DENIED -> status(Code.PERMISSION_DENIED, message, Shared.AccessDenied.getDefaultInstance());
            default ->
                status(
                        Code.forNumber(status.getStatus().getCode().value()),
                        message,
                        Shared.Unknown.getDefaultInstance());
        };
    }

    private static Status status(Code code, String message, Message detail) {
        return Status.newBuilder()
                .setCode(code)
                .setMessage(message)
                .setDetails(Any.pack(detail))
                .build();
    }
}
