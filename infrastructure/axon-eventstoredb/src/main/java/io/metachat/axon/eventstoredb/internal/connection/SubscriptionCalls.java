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
 * Stands between the channel and the client in the calls of subscriptions, which mark theirs with a header that is taken
 * off again before the call leaves.
 *
 * <p>Tells of every end of such a call, also of those that the client keeps to itself: it calls no listener when the
 * call is cancelled, completes, or fails with not-leader trailers. And takes the events: the client would make a new
 * Jackson mapper for each, to look in its metadata for trace identifiers, which costs more than everything else it does.
 * All other answers (confirmation, checkpoints, caught up) go on to the client.
 */
public final class SubscriptionCalls implements ClientInterceptor {

    /** The header by which a call is known here. */
    public static final String HEADER = "x-axon-subscription";

    private static final Metadata.Key<String> KEY = Metadata.Key.of(HEADER, Metadata.ASCII_STRING_MARSHALLER);

    /** How many events are taken before as many more are asked for: a quarter of what the client asks for at first. */
    private static final int EVENTS_A_REQUEST = 128;

    /** Whose call it is. */
    public interface Watcher {

        /** On the call's thread, in order; may block, which slows the server down. */
        void onEvent(ReadEvent event);

        /** Once, when the call ends; with status OK when it completed. */
        void onEnd(StatusRuntimeException end);
    }

    private final Map<String, Watcher> watched = new ConcurrentHashMap<>();

    /** The call that has this mark is the watcher's. */
    public void watch(String mark, Watcher watcher) {
        watched.put(mark, watcher);
    }

    /** Nobody wants to know of this call's end any more. */
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
                // The client, which has not seen them, will not.
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
