package io.metachat.embedded.eventstoredb.internal.rpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetSocketAddress;

/**
 * Provides the server address that the current caller used. A server that listens on all addresses cannot know its
 * address otherwise.
 */
final class ReachedAddress implements ServerInterceptor {

    private static final Context.Key<InetSocketAddress> ADDRESS = Context.key("eventstoredb-reached-address");

    static InetSocketAddress current() {
        return ADDRESS.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return call.getAttributes().get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR) instanceof InetSocketAddress address
                ? Contexts.interceptCall(Context.current().withValue(ADDRESS, address), call, headers, next)
                : next.startCall(call, headers);
    }
}
