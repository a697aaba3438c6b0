package io.metachat.embedded.eventstoredb.internal.rpc.access;

import com.eventstore.dbclient.proto.gossip.GossipGrpc;
import com.eventstore.dbclient.proto.serverfeatures.ServerFeaturesGrpc;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.RpcErrors;
import java.util.Set;

/**
 * Authenticates callers. Without configured users, everyone has full access. Otherwise, callers without credentials may
 * only discover the server, and wrong credentials are rejected as such.
 */
public final class AuthenticationInterceptor implements ServerInterceptor {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Set<String> OPEN_SERVICES = Set.of(GossipGrpc.SERVICE_NAME, ServerFeaturesGrpc.SERVICE_NAME);

    private final Credentials credentials;

    public AuthenticationInterceptor(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        boolean open = !credentials.areRequired()
                || OPEN_SERVICES.contains(
                        String.valueOf(call.getMethodDescriptor().getServiceName()));
        if (open) {
            return next.startCall(call, headers);
        }
        String header = headers.get(AUTHORIZATION);
        if (header == null) {
            return refuse(call, RpcErrors.accessDenied());
        }
        return credentials
                .callerOf(header)
                .map(caller -> Contexts.interceptCall(caller.inContext(), call, headers, next))
                .orElseGet(() -> refuse(call, RpcErrors.notAuthenticated()));
    }

    private static <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, StatusRuntimeException status) {
        call.close(status.getStatus(), status.getTrailers() == null ? new Metadata() : status.getTrailers());
        return new ServerCall.Listener<>() {};
    }
}
