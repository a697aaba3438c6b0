package io.metachat.service.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a call wait for a connection, but not until its deadline: a service that restarts is waited for, one that is
 * down is reported soon. gRPC itself knows only no waiting or waiting to the end.
 */
final class ConnectionWaitInterceptor implements ClientInterceptor {

    private final Duration wait;
    private final ScheduledExecutorService timer;

    ConnectionWaitInterceptor(Duration wait, ScheduledExecutorService timer) {
        this.wait = wait;
        this.timer = timer;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        ClientCall<Q, A> call = next.newCall(method, options.withWaitForReady());
        return new SimpleForwardingClientCall<>(call) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                AtomicBoolean gaveUp = new AtomicBoolean();
                Future<?> bound = timer.schedule(
                        () -> {
                            gaveUp.set(true);
                            call.cancel("No connection within " + wait, null);
                        },
                        wait.toMillis(),
                        TimeUnit.MILLISECONDS);
                super.start(new BoundedListener<>(listener, bound, gaveUp), headers);
            }
        };
    }

    private static final class BoundedListener<A> extends SimpleForwardingClientCallListener<A> {

        private final Future<?> bound;
        private final AtomicBoolean gaveUp;

        private BoundedListener(ClientCall.Listener<A> delegate, Future<?> bound, AtomicBoolean gaveUp) {
            super(delegate);
            this.bound = bound;
            this.gaveUp = gaveUp;
        }

        // The first sign of a connection.
        @Override
        public void onReady() {
            bound.cancel(false);
            super.onReady();
        }

        @Override
        public void onHeaders(Metadata headers) {
            bound.cancel(false);
            super.onHeaders(headers);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            bound.cancel(false);
            boolean notConnected = status.getCode() == Status.Code.CANCELLED && gaveUp.get();
            super.onClose(notConnected ? Status.UNAVAILABLE.withDescription("not connected") : status, trailers);
        }
    }
}
