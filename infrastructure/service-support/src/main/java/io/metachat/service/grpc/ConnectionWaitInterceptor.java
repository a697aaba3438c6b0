package io.metachat.service.grpc;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientStreamTracer;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets a call wait for a connection for a bounded time. A call then survives the restart of a service, and fails soon
 * when the service is down. gRPC itself only has no wait, or a wait until the deadline.
 */
final class ConnectionWaitInterceptor implements ClientInterceptor {

    private enum State {
        WAITING,
        CONNECTED,
        GAVE_UP
    }

    private final Duration wait;
    private final ScheduledExecutorService timer;

    ConnectionWaitInterceptor(Duration wait, ScheduledExecutorService timer) {
        this.wait = wait;
        this.timer = timer;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        AtomicReference<State> state = new AtomicReference<>(State.WAITING);
        CallOptions waiting = options.withWaitForReady().withStreamTracerFactory(new ConnectionTracer(state));
        ClientCall<Q, A> call = next.newCall(method, waiting);
        return new SimpleForwardingClientCall<>(call) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                Future<?> bound = timer.schedule(
                        () -> {
                            if (state.compareAndSet(State.WAITING, State.GAVE_UP)) {
                                call.cancel("No connection within " + wait, null);
                            }
                        },
                        wait.toMillis(),
                        TimeUnit.MILLISECONDS);
                super.start(new BoundedListener<>(listener, bound, state), headers);
            }
        };
    }

    /** Notices that the call left on a connection. A listener is not notified when the request is a single message. */
    private static final class ConnectionTracer extends ClientStreamTracer.Factory {

        private final AtomicReference<State> state;

        private ConnectionTracer(AtomicReference<State> state) {
            this.state = state;
        }

        @Override
        public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
            return new ClientStreamTracer() {
                @Override
                public void streamCreated(Attributes transport, Metadata headers) {
                    state.compareAndSet(State.WAITING, State.CONNECTED);
                }
            };
        }
    }

    private static final class BoundedListener<A> extends SimpleForwardingClientCallListener<A> {

        private final Future<?> bound;
        private final AtomicReference<State> state;

        private BoundedListener(ClientCall.Listener<A> delegate, Future<?> bound, AtomicReference<State> state) {
            super(delegate);
            this.bound = bound;
            this.state = state;
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            bound.cancel(false);
            boolean notConnected = status.getCode() == Status.Code.CANCELLED && state.get() == State.GAVE_UP;
            super.onClose(notConnected ? Status.UNAVAILABLE.withDescription("not connected") : status, trailers);
        }
    }
}
