package io.metachat.embedded.eventstoredb.internal.rpc.reads;

import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;

/** A caller that takes as much as it is told to, and remembers how its call went. It ends once, as real calls do. */
final class RecordingCall extends ServerCallStreamObserver<ReadResp> {

    final List<ReadResp> messages = new ArrayList<>();
    final List<Status> ends = new ArrayList<>();
    int room = Integer.MAX_VALUE;
    boolean cancelled;
    boolean connectionIsGone;
    private Runnable onReady = () -> {};
    private Runnable onCancel = () -> {};

    void makeRoom(int messagesMore) {
        room = messagesMore;
        onReady.run();
    }

    void cancel() {
        cancelled = true;
        onCancel.run();
    }

    @Override
    public boolean isReady() {
        return room > 0;
    }

    @Override
    public void onNext(ReadResp message) {
        room--;
        messages.add(message);
    }

    @Override
    public void onError(Throwable failure) {
        end(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        end(Status.OK);
    }

    private void end(Status status) {
        if (!ends.isEmpty()) {
            throw new IllegalStateException("call already closed");
        }
        ends.add(status);
        if (connectionIsGone) {
            throw new IllegalStateException("the event loop is shut down");
        }
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
        onReady = handler;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
        onCancel = handler;
    }

    @Override
    public void setCompression(String compression) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void disableAutoInboundFlowControl() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void request(int count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setMessageCompression(boolean enable) {
        throw new UnsupportedOperationException();
    }
}
