package io.metachat.embedded.eventstoredb.internal.rpc;

import com.eventstore.dbclient.proto.streams.StreamsGrpc;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.BatchAppendReq;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.BatchAppendResp;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.DeleteReq;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.DeleteResp;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.TombstoneReq;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.TombstoneResp;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.metachat.embedded.eventstoredb.internal.rpc.access.Caller;
import io.metachat.embedded.eventstoredb.internal.rpc.appends.AppendCall;
import io.metachat.embedded.eventstoredb.internal.rpc.appends.BatchAppendCall;
import io.metachat.embedded.eventstoredb.internal.rpc.appends.Expectations;
import io.metachat.embedded.eventstoredb.internal.rpc.appends.Writes;
import io.metachat.embedded.eventstoredb.internal.rpc.reads.ReadCalls;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.RpcErrors;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.Wire;
import io.metachat.embedded.eventstoredb.internal.rules.ExpectedRevision;
import io.metachat.embedded.eventstoredb.internal.rules.WriteCommand;
import io.metachat.embedded.eventstoredb.internal.rules.WriteOutcome;
import java.util.function.LongFunction;

/** The Streams service: reads, subscriptions, appends and deletions. */
final class StreamsService extends StreamsGrpc.StreamsImplBase {

    private final Writes writes;
    private final ReadCalls reads;

    StreamsService(Writes writes, ReadCalls reads) {
        this.writes = writes;
        this.reads = reads;
    }

    @Override
    public void read(ReadReq request, StreamObserver<ReadResp> observer) {
        try {
            reads.start(request.getOptions(), (ServerCallStreamObserver<ReadResp>) observer);
        } catch (RuntimeException failure) {
            observer.onError(RpcErrors.of(failure));
        }
    }

    @Override
    public StreamObserver<AppendReq> append(StreamObserver<AppendResp> observer) {
        return new AppendCall(writes, (ServerCallStreamObserver<AppendResp>) observer);
    }

    @Override
    public StreamObserver<BatchAppendReq> batchAppend(StreamObserver<BatchAppendResp> observer) {
        return new BatchAppendCall(writes, (ServerCallStreamObserver<BatchAppendResp>) observer);
    }

    @Override
    public void delete(DeleteReq request, StreamObserver<DeleteResp> observer) {
        try {
            String stream = Wire.stream(request.getOptions().getStreamIdentifier());
            writes.requireDeletable(Caller.current(), stream);
            submit(
                    new WriteCommand.SoftDelete(stream, Expectations.of(request.getOptions())),
                    observer,
                    position -> DeleteResp.newBuilder()
                            .setPosition(DeleteResp.Position.newBuilder()
                                    .setCommitPosition(position)
                                    .setPreparePosition(position))
                            .build());
        } catch (RuntimeException failure) {
            observer.onError(RpcErrors.of(failure));
        }
    }

    @Override
    public void tombstone(TombstoneReq request, StreamObserver<TombstoneResp> observer) {
        try {
            String stream = Wire.stream(request.getOptions().getStreamIdentifier());
            writes.requireDeletable(Caller.current(), stream);
            submit(
                    new WriteCommand.Tombstone(stream, Expectations.of(request.getOptions())),
                    observer,
                    position -> TombstoneResp.newBuilder()
                            .setPosition(TombstoneResp.Position.newBuilder()
                                    .setCommitPosition(position)
                                    .setPreparePosition(position))
                            .build());
        } catch (RuntimeException failure) {
            observer.onError(RpcErrors.of(failure));
        }
    }

    private <T> void submit(WriteCommand command, StreamObserver<T> observer, LongFunction<T> success) {
        ((ServerCallStreamObserver<T>) observer).setOnCancelHandler(() -> {});
        writes.submit(command)
                .thenAccept(outcome -> {
                    T response = success.apply(position(command.stream(), command.expected(), outcome));
                    observer.onNext(response);
                    observer.onCompleted();
                })
                .exceptionally(failure -> {
                    observer.onError(RpcErrors.of(failure));
                    return null;
                });
    }

    private static long position(String stream, ExpectedRevision expected, WriteOutcome outcome) {
        if (outcome instanceof WriteOutcome.Written written) {
            return written.position();
        }
        if (outcome instanceof WriteOutcome.WrongRevision wrong) {
            throw RpcErrors.wrongExpectedVersion(stream, expected, wrong.actual());
        }
        throw RpcErrors.streamDeleted(stream);
    }
}
