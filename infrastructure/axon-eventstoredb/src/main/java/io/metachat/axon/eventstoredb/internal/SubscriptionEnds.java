package io.metachat.axon.eventstoredb.internal;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Tells of every end of a subscription's call, also of those that the client keeps to itself: it calls no listener when
 * the call is cancelled, completes, or fails with not-leader trailers.
 *
 * <p>A subscription marks its call with a header that is taken off again before the call leaves.
 */
public final class SubscriptionEnds implements ClientInterceptor {

    /** The header by which a call is known here. */
    public static final String HEADER = "x-axon-subscription";

    private static final Metadata.Key<String> KEY = Metadata.Key.of(HEADER, Metadata.ASCII_STRING_MARSHALLER);

    private final Map<String, Consumer<StatusRuntimeException>> watched = new ConcurrentHashMap<>();

    /** Calls {@code onEnd} once, when the call with this mark ends; with status OK when it completed. */
    public void watch(String mark, Consumer<StatusRuntimeException> onEnd) {
        watched.put(mark, onEnd);
    }

    public void forget(String mark) {
        watched.remove(mark);
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                String mark = headers.get(KEY);
                if (mark == null) {
                    super.start(listener, headers);
                    return;
                }
                headers.discardAll(KEY);
                super.start(new EndListener<>(listener, mark), headers);
            }
        };
    }

    private void ended(String mark, StatusRuntimeException end) {
        Consumer<StatusRuntimeException> onEnd = watched.remove(mark);
        if (onEnd != null) {
            onEnd.accept(end);
        }
    }

    private final class EndListener<A> extends SimpleForwardingClientCallListener<A> {

        private final String mark;

        EndListener(ClientCall.Listener<A> listener, String mark) {
            super(listener);
            this.mark = mark;
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            try {
                super.onClose(status, trailers);
            } finally {
                ended(mark, status.asRuntimeException(trailers));
            }
        }
    }
}
