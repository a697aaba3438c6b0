package io.metachat.embedded.eventstoredb.internal.rpc.reads;

import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.RpcErrors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves events from a source into a call, at the caller's pace. It runs on a shared executor for one turn at a time.
 * While the caller is slow or there are no new events, it holds no thread and at most one page.
 */
abstract class Pump implements Runnable {

    /** The maximum number of messages per turn, so that other pumps get the thread. */
    private static final int TURN = 512;

    private final ServerCallStreamObserver<ReadResp> call;
    private final Executor executor;
    private final Deque<ReadResp> ready = new ArrayDeque<>();

    /** Unhandled wake-ups; positive exactly while a run is queued or in progress. */
    private final AtomicInteger wakeUps = new AtomicInteger();

    private volatile @Nullable Consumer<StreamObserver<ReadResp>> ending;
    private boolean sourceIsDone;
    private boolean finished;

    Pump(ServerCallStreamObserver<ReadResp> call, Executor executor) {
        this.call = call;
        this.executor = executor;
    }

    /** Offers the next messages via {@link #offer}. */
    abstract Supply supply();

    /** Called once, when the call has ended. */
    abstract void released();

    final void start() {
        call.setOnReadyHandler(this::wake);
        call.setOnCancelHandler(this::wake);
        wake();
    }

    /** Makes the pump check for work. Thread-safe. */
    final void wake() {
        if (wakeUps.getAndIncrement() == 0) {
            executor.execute(this);
        }
    }

    /** Ends the call in the given way. Thread-safe. */
    final void end(Consumer<StreamObserver<ReadResp>> how) {
        ending = how;
        wake();
    }

    final void offer(ReadResp message) {
        ready.add(message);
    }

    @Override
    public final void run() {
        int answered = wakeUps.get();
        boolean goOn = turn();
        // A finished pump leaves its wake-ups unhandled. Otherwise it would be queued again on an executor that may
        // have stopped.
        if (!finished && (goOn || wakeUps.addAndGet(-answered) != 0)) {
            executor.execute(this);
        }
    }

    /** @return whether it only yielded to other pumps */
    private boolean turn() {
        try {
            for (int sent = 0; sent < TURN; sent++) {
                if (isOver() || !sendOne()) {
                    return false;
                }
            }
            return true;
        } catch (RuntimeException failure) {
            if (finished) {
                // The end of the call failed, and a call ends only once.
                throw failure;
            }
            finish(observer -> observer.onError(RpcErrors.of(failure)));
            return false;
        }
    }

    private boolean isOver() {
        Consumer<StreamObserver<ReadResp>> how = ending;
        if (!finished && how != null) {
            finish(how);
        } else if (!finished && call.isCancelled()) {
            finish(observer -> {});
        }
        return finished;
    }

    /** @return whether there may be more work now */
    private boolean sendOne() {
        if (!call.isReady()) {
            return false;
        }
        ReadResp next = ready.poll();
        if (next != null) {
            call.onNext(next);
            return true;
        }
        if (sourceIsDone) {
            finish(StreamObserver::onCompleted);
            return false;
        }
        Supply supply = supply();
        sourceIsDone = supply == Supply.DONE;
        return supply != Supply.WAITING;
    }

    private void finish(Consumer<StreamObserver<ReadResp>> how) {
        finished = true;
        ready.clear();
        released();
        how.accept(call);
    }

    /** The state of a source. */
    enum Supply {
        /** There may be more. */
        MORE,
        /** Nothing now; a wake-up will follow. */
        WAITING,
        /** The source is exhausted. */
        DONE
    }
}
