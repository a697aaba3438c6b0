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
 * Moves events from a source into a call, as fast as the caller takes them and never faster. It runs on a shared executor
 * for one turn at a time and holds no thread while the caller is slow or nothing new is there; it keeps one page at most.
 */
abstract class Pump implements Runnable {

    /** After so many messages others get the thread. */
    private static final int TURN = 512;

    private final ServerCallStreamObserver<ReadResp> call;
    private final Executor executor;
    private final Deque<ReadResp> ready = new ArrayDeque<>();

    /** Wake-ups not yet answered; above zero exactly while a run is queued or going on. */
    private final AtomicInteger wakeUps = new AtomicInteger();

    private volatile @Nullable Consumer<StreamObserver<ReadResp>> ending;
    private boolean sourceIsDone;
    private boolean finished;

    Pump(ServerCallStreamObserver<ReadResp> call, Executor executor) {
        this.call = call;
        this.executor = executor;
    }

    /** Puts what the caller gets next behind what is {@link #offer}ed already. */
    abstract Supply supply();

    /** Called once, when nothing more will be sent. */
    abstract void released();

    final void start() {
        call.setOnReadyHandler(this::wake);
        call.setOnCancelHandler(this::wake);
        wake();
    }

    /** Makes it look for work; from any thread. */
    final void wake() {
        if (wakeUps.getAndIncrement() == 0) {
            executor.execute(this);
        }
    }

    /** Ends the call in the given way, from any thread. */
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
        // A finished one leaves its wake-ups unanswered, so that nobody queues it again: its executor may be gone.
        if (!finished && (goOn || wakeUps.addAndGet(-answered) != 0)) {
            executor.execute(this);
        }
    }

    /** @return whether it stopped only to let others work */
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
                // The call's own end failed, and a call ends once: nothing more can be said on it.
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

    /** @return whether there may be more to do right now */
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

    /** How a source stands. */
    enum Supply {
        /** Ask again. */
        MORE,
        /** Nothing now; there will be a wake-up. */
        WAITING,
        /** Nothing ever. */
        DONE
    }
}
