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
import io.metachat.service.correlation.Correlation;
import io.metachat.service.security.AuthenticationInterceptor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends the headers of a {@link GrpcCall}, sets the deadline, and reads the position from the response's trailers. */
final class CallInterceptor implements ClientInterceptor {

    private final Duration defaultDeadline;

    CallInterceptor(Duration defaultDeadline) {
        this.defaultDeadline = defaultDeadline;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        GrpcCall.Invocation invocation = GrpcCall.Invocation.current();
        GrpcCall outgoing = invocation == null ? null : invocation.call();
        Correlation correlation = Correlation.currentOrStart();
        ClientCall<Q, A> call = next.newCall(method, withDeadline(method, options, outgoing));
        return new SimpleForwardingClientCall<>(call) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                headers.put(CallHeaders.CORRELATION_ID, correlation.id());
                headers.put(CallHeaders.TRACEPARENT, correlation.trace().child().toString());
                if (invocation == null) {
                    super.start(listener, headers);
                } else {
                    describe(invocation.call(), headers);
                    super.start(new PositionListener<>(listener, invocation), headers);
                }
            }
        };
    }

    // A stream lives as long as its consumer; only a deadline of its own ends it.
    private CallOptions withDeadline(MethodDescriptor<?, ?> method, CallOptions options, @Nullable GrpcCall outgoing) {
        Duration asked = outgoing == null ? null : outgoing.deadline();
        if (asked != null) {
            return options.withDeadlineAfter(asked.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (options.getDeadline() != null || !method.getType().serverSendsOneMessage()) {
            return options;
        }
        return options.withDeadlineAfter(defaultDeadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void describe(GrpcCall outgoing, Metadata headers) {
        String token = outgoing.token();
        if (token != null) {
            headers.put(AuthenticationInterceptor.AUTHORIZATION, "Bearer " + token);
        }
        String idempotencyKey = outgoing.idempotencyKey();
        if (idempotencyKey != null) {
            headers.put(CallHeaders.IDEMPOTENCY_KEY, idempotencyKey);
        }
        outgoing.minPosition().ifPresent(position -> headers.put(CallHeaders.MIN_POSITION, Long.toString(position)));
    }

    private static final class PositionListener<A> extends SimpleForwardingClientCallListener<A> {

        private final GrpcCall.Invocation invocation;

        private PositionListener(ClientCall.Listener<A> delegate, GrpcCall.Invocation invocation) {
            super(delegate);
            this.invocation = invocation;
        }

        // Before the response is passed on: the waiting caller reads the position immediately afterwards.
        @Override
        public void onClose(Status status, Metadata trailers) {
            String reached = trailers.get(CallHeaders.POSITION);
            if (reached != null && reached.matches("[0-9]{1,18}")) {
                invocation.reached(Long.parseLong(reached));
            }
            super.onClose(status, trailers);
        }
    }
}
