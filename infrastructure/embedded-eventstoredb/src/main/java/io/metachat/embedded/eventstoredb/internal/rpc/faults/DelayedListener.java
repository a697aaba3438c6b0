package io.metachat.embedded.eventstoredb.internal.rpc.faults;

import io.grpc.ServerCall;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Delays a caller's messages without blocking a thread. After the delay it passes them on in order. */
final class DelayedListener<Q> extends ServerCall.Listener<Q> {

    private final ServerCall.Listener<Q> listener;
    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean released;

    DelayedListener(ServerCall.Listener<Q> listener, Duration delay, ScheduledExecutorService timer) {
        this.listener = listener;
        timer.schedule(this::release, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void onMessage(Q message) {
        pass(() -> listener.onMessage(message));
    }

    @Override
    public void onHalfClose() {
        pass(listener::onHalfClose);
    }

    @Override
    public void onCancel() {
        pass(listener::onCancel);
    }

    @Override
    public void onComplete() {
        pass(listener::onComplete);
    }

    @Override
    public void onReady() {
        pass(listener::onReady);
    }

    private synchronized void pass(Runnable event) {
        if (released) {
            event.run();
        } else {
            held.add(event);
        }
    }

    private synchronized void release() {
        released = true;
        held.forEach(Runnable::run);
        held.clear();
    }
}
