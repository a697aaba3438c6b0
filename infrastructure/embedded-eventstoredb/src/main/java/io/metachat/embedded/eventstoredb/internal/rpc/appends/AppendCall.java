package io.metachat.embedded.eventstoredb.internal.rpc.appends;

import com.eventstore.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.metachat.embedded.eventstoredb.internal.rpc.access.Caller;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.InvalidRequestException;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.RpcErrors;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.Wire;
import io.metachat.embedded.eventstoredb.internal.rules.ExpectedRevision;
import io.metachat.embedded.eventstoredb.internal.rules.WriteCommand;
import io.metachat.embedded.eventstoredb.internal.rules.WriteOutcome;
import org.jspecify.annotations.Nullable;

/** One Append call: options, then events, then one response. */
public final class AppendCall implements StreamObserver<AppendReq> {

    private final Writes writes;
    private final ServerCallStreamObserver<AppendResp> answer;
    private final AppendBuffer buffer;
    private final Caller caller = Caller.current();
    private AppendReq.@Nullable Options options;
    private boolean refused;

    public AppendCall(Writes writes, ServerCallStreamObserver<AppendResp> answer) {
        this.writes = writes;
        this.answer = answer;
        buffer = new AppendBuffer(writes.maxAppendSize());
        answer.setOnCancelHandler(() -> refused = true);
    }

    @Override
    public void onNext(AppendReq request) {
        if (refused) {
            return;
        }
        try {
            take(request);
        } catch (RuntimeException failure) {
            refuse(failure);
        }
    }

    @Override
    public void onError(Throwable cancelled) {
        refused = true;
    }

    @Override
    public void onCompleted() {
        if (refused) {
            return;
        }
        try {
            append();
        } catch (RuntimeException failure) {
            refuse(failure);
        }
    }

    private void take(AppendReq request) {
        switch (request.getContentCase()) {
            case OPTIONS -> {
                if (options != null) {
                    throw new InvalidRequestException("an append must have options only once");
                }
                writes.requireAppendable(
                        caller, Wire.stream(request.getOptions().getStreamIdentifier()));
                options = request.getOptions();
            }
            case PROPOSED_MESSAGE -> {
                if (options == null) {
                    throw new InvalidRequestException("an append must begin with its options");
                }
                AppendReq.ProposedMessage event = request.getProposedMessage();
                buffer.add(event.getId(), event.getMetadataMap(), event.getData(), event.getCustomMetadata());
            }
            case CONTENT_NOT_SET -> throw new InvalidRequestException("an append message is empty");
        }
    }

    private void append() {
        if (options == null) {
            throw new InvalidRequestException("an append must begin with its options");
        }
        String stream = Wire.stream(options.getStreamIdentifier());
        ExpectedRevision expected = Expectations.of(options);
        writes.submit(new WriteCommand.Append(stream, expected, buffer.events()))
                .thenAccept(outcome -> answer(response(outcome, stream, expected)))
                .exceptionally(failure -> {
                    answer.onError(RpcErrors.of(failure));
                    return null;
                });
    }

    private void answer(AppendResp response) {
        answer.onNext(response);
        answer.onCompleted();
    }

    private void refuse(RuntimeException failure) {
        refused = true;
        answer.onError(RpcErrors.of(failure));
    }

    private static AppendResp response(WriteOutcome outcome, String stream, ExpectedRevision expected) {
        if (outcome instanceof WriteOutcome.Written written) {
            return success(AppendResp.Success.newBuilder()
                    .setCurrentRevision(written.revision())
                    .setPosition(AppendResp.Position.newBuilder()
                            .setCommitPosition(written.position())
                            .setPreparePosition(written.position())));
        }
        if (outcome instanceof WriteOutcome.NothingToWrite nothing) {
            AppendResp.Success.Builder success = AppendResp.Success.newBuilder().setNoPosition(Wire.EMPTY);
            return success(
                    nothing.revision() < 0
                            ? success.setNoStream(Wire.EMPTY)
                            : success.setCurrentRevision(nothing.revision()));
        }
        if (outcome instanceof WriteOutcome.WrongRevision wrong) {
            return AppendResp.newBuilder()
                    .setWrongExpectedVersion(wrongExpectedVersion(expected, wrong.actual()))
                    .build();
        }
        throw RpcErrors.streamDeleted(stream);
    }

    private static AppendResp success(AppendResp.Success.Builder success) {
        return AppendResp.newBuilder().setSuccess(success).build();
    }

    /** Fills the fields twice, because older clients read those of version 20.6. */
    private static AppendResp.WrongExpectedVersion wrongExpectedVersion(ExpectedRevision expected, long actual) {
        AppendResp.WrongExpectedVersion.Builder wrong = AppendResp.WrongExpectedVersion.newBuilder();
        if (actual < 0) {
            wrong.setCurrentNoStream(Wire.EMPTY).setNoStream2060(Wire.EMPTY);
        } else {
            wrong.setCurrentRevision(actual).setCurrentRevision2060(actual);
        }
        if (expected instanceof ExpectedRevision.Exactly exactly) {
            wrong.setExpectedRevision(exactly.revision()).setExpectedRevision2060(exactly.revision());
        } else if (expected instanceof ExpectedRevision.Any) {
            wrong.setExpectedAny(Wire.EMPTY).setAny2060(Wire.EMPTY);
        } else if (expected instanceof ExpectedRevision.StreamExists) {
            wrong.setExpectedStreamExists(Wire.EMPTY).setStreamExists2060(Wire.EMPTY);
        } else {
            wrong.setExpectedNoStream(Wire.EMPTY);
        }
        return wrong.build();
    }
}
