package io.metachat.embedded.eventstoredb.internal.rpc.appends;

import com.eventstore.dbclient.proto.shared.Shared;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.BatchAppendReq;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.BatchAppendResp;
import com.google.protobuf.Empty;
import com.google.rpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.metachat.embedded.eventstoredb.internal.rpc.access.Caller;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.InvalidRequestException;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.RpcErrors;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.Wire;
import io.metachat.embedded.eventstoredb.internal.rules.WriteCommand;
import io.metachat.embedded.eventstoredb.internal.rules.WriteOutcome;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * One BatchAppend call: many appends, distinguished by correlation id, each in one or more chunks, answered in order of
 * completion. An invalid append gets an error response, and the call continues.
 */
public final class BatchAppendCall implements StreamObserver<BatchAppendReq> {

    /** The limit of incomplete appends. Otherwise a caller that never completes them would fill the memory. */
    private static final int MAX_UNFINISHED = 256;

    private final Writes writes;
    private final ServerCallStreamObserver<BatchAppendResp> answers;
    private final Caller caller = Caller.current();
    private final Map<UUID, Unfinished> unfinished = new HashMap<>();
    private int outstanding;
    private boolean allAsked;
    private boolean ended;

    public BatchAppendCall(Writes writes, ServerCallStreamObserver<BatchAppendResp> answers) {
        this.writes = writes;
        this.answers = answers;
        answers.setOnCancelHandler(this::end);
    }

    @Override
    public synchronized void onNext(BatchAppendReq request) {
        if (ended) {
            return;
        }
        UUID correlation;
        try {
            correlation = Wire.uuid(request.getCorrelationId());
        } catch (InvalidRequestException failure) {
            end();
            answers.onError(RpcErrors.of(failure));
            return;
        }
        try {
            take(correlation, request);
        } catch (RuntimeException failure) {
            unfinished.remove(correlation);
            answer(request.getCorrelationId(), request.getOptions(), BatchErrors.of(failure));
        }
    }

    @Override
    public void onError(Throwable cancelled) {
        end();
    }

    @Override
    public synchronized void onCompleted() {
        allAsked = true;
        completeWhenDone();
    }

    private void take(UUID correlation, BatchAppendReq request) {
        Unfinished append = unfinished.get(correlation);
        if (append == null) {
            if (!request.hasOptions()) {
                throw new InvalidRequestException("an append must begin with its options");
            }
            if (unfinished.size() >= MAX_UNFINISHED) {
                throw new InvalidRequestException("too many unfinished appends");
            }
            writes.requireAppendable(caller, Wire.stream(request.getOptions().getStreamIdentifier()));
            append = new Unfinished(request.getOptions(), new AppendBuffer(writes.maxAppendSize()));
            unfinished.put(correlation, append);
        }
        for (BatchAppendReq.ProposedMessage event : request.getProposedMessagesList()) {
            append.buffer().add(event.getId(), event.getMetadataMap(), event.getData(), event.getCustomMetadata());
        }
        if (request.getIsFinal()) {
            unfinished.remove(correlation);
            submit(request.getCorrelationId(), append);
        }
    }

    private void submit(Shared.UUID correlation, Unfinished append) {
        BatchAppendReq.Options options = append.options();
        WriteCommand command = new WriteCommand.Append(
                Wire.stream(options.getStreamIdentifier()),
                Expectations.of(options),
                append.buffer().events());
        outstanding++;
        writes.submit(command).whenComplete((outcome, failure) -> {
            BatchAppendResp.Builder result =
                    failure == null ? result(outcome, options) : error(BatchErrors.of(failure));
            synchronized (this) {
                outstanding--;
                answer(correlation, options, result);
                completeWhenDone();
            }
        });
    }

    private void answer(Shared.UUID correlation, BatchAppendReq.Options options, Status error) {
        answer(correlation, options, error(error));
    }

    private void answer(Shared.UUID correlation, BatchAppendReq.Options options, BatchAppendResp.Builder result) {
        if (ended) {
            return;
        }
        result.setCorrelationId(correlation).setStreamIdentifier(options.getStreamIdentifier());
        switch (options.getExpectedStreamPositionCase()) {
            case STREAM_POSITION -> result.setStreamPosition(options.getStreamPosition());
            case NO_STREAM -> result.setNoStream(Empty.getDefaultInstance());
            case ANY -> result.setAny(Empty.getDefaultInstance());
            case STREAM_EXISTS -> result.setStreamExists(Empty.getDefaultInstance());
            case EXPECTEDSTREAMPOSITION_NOT_SET -> {
                // Nothing to repeat.
            }
        }
        answers.onNext(result.build());
    }

    private synchronized void end() {
        ended = true;
        unfinished.clear();
    }

    private void completeWhenDone() {
        if (allAsked && outstanding == 0 && !ended) {
            ended = true;
            answers.onCompleted();
        }
    }

    private static BatchAppendResp.Builder result(WriteOutcome outcome, BatchAppendReq.Options options) {
        if (outcome instanceof WriteOutcome.Written written) {
            return success(BatchAppendResp.Success.newBuilder()
                    .setCurrentRevision(written.revision())
                    .setPosition(Shared.AllStreamPosition.newBuilder()
                            .setCommitPosition(written.position())
                            .setPreparePosition(written.position())));
        }
        if (outcome instanceof WriteOutcome.NothingToWrite nothing) {
            BatchAppendResp.Success.Builder success =
                    BatchAppendResp.Success.newBuilder().setNoPosition(Empty.getDefaultInstance());
            return success(
                    nothing.revision() < 0
                            ? success.setNoStream(Empty.getDefaultInstance())
                            : success.setCurrentRevision(nothing.revision()));
        }
        if (outcome instanceof WriteOutcome.WrongRevision wrong) {
            return error(BatchErrors.wrongExpectedVersion(options, wrong.actual()));
        }
        return error(BatchErrors.streamDeleted(options));
    }

    private static BatchAppendResp.Builder success(BatchAppendResp.Success.Builder success) {
        return BatchAppendResp.newBuilder().setSuccess(success);
    }

    private static BatchAppendResp.Builder error(Status error) {
        return BatchAppendResp.newBuilder().setError(error);
    }

    private record Unfinished(BatchAppendReq.Options options, AppendBuffer buffer) {}
}
