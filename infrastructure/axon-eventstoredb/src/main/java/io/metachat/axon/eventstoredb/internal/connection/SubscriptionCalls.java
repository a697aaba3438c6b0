package io.metachat.axon.eventstoredb.internal.connection;

import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadResp.ReadEvent;
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

/**
 * Intercepts the calls of subscriptions between the client and the channel. A subscription marks its call with a header,
 * which is removed before the call is sent.
 *
 * <p>Reports every end of such a call. The client itself calls no listener when the call is cancelled, completes, or fails
 * with not-leader trailers. Also takes the events before the client sees them: the client creates a Jackson mapper for
 * each event, to search its metadata for trace identifiers, which costs more than the rest of its work. All other
 * messages (confirmation, checkpoints, caught up) are passed to the client.
 */
public final class SubscriptionCalls implements ClientInterceptor {

    /** The header that marks a call. */
    public static final String HEADER = "x-axon-subscription";

    private static final Metadata.Key<String> KEY = Metadata.Key.of(HEADER, Metadata.ASCII_STRING_MARSHALLER);

    /** How many events are taken before as many more are requested; the client requests four times as many at first. */
    private static final int EVENTS_A_REQUEST = 128;

    /** Receives the events and the end of one call. */
    public interface Watcher {

        /** Called on the call's thread, in order. May block, which slows the server down. */
        void onEvent(ReadEvent event);

        /** Called once, when the call ends; with status OK when it completed. */
        void onEnd(StatusRuntimeException end);
    }

    private final Map<String, Watcher> watched = new ConcurrentHashMap<>();

    /** Registers the watcher of the call with this mark. */
    public void watch(String mark, Watcher watcher) {
        watched.put(mark, watcher);
    }

    /** Removes the watcher of this call. */
    public void forget(String mark) {
        watched.remove(mark);
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                String mark = headers.get(KEY);
                headers.discardAll(KEY);
                Watcher watcher = mark == null ? null : watched.get(mark);
                super.start(
                        mark == null || watcher == null
                                ? listener
                                : new WatchedListener<>(listener, delegate(), mark, watcher),
                        headers);
            }
        };
    }

    private final class WatchedListener<A> extends SimpleForwardingClientCallListener<A> {

        private final ClientCall<?, ?> call;
        private final String mark;
        private final Watcher watcher;
        private int taken;

        WatchedListener(ClientCall.Listener<A> listener, ClientCall<?, ?> call, String mark, Watcher watcher) {
            super(listener);
            this.call = call;
            this.mark = mark;
            this.watcher = watcher;
        }

        @Override
        public void onMessage(A message) {
            if (!(message instanceof ReadResp answer && answer.hasEvent())) {
                super.onMessage(message);
                return;
            }
            watcher.onEvent(answer.getEvent());
            taken++;
            if (taken == EVENTS_A_REQUEST) {
                // The client has not seen these events, so it requests no more in their place.
                call.request(taken);
                taken = 0;
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            try {
                super.onClose(status, trailers);
            } finally {
                if (watched.remove(mark, watcher)) {
                    watcher.onEnd(status.asRuntimeException(trailers));
                }
            }
        }
    }
}
