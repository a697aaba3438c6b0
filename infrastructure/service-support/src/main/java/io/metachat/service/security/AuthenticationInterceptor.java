package io.metachat.service.security;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.metachat.service.error.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies the bearer token of every served call and lets only those in whom {@link MethodAccess} allows. */
public final class AuthenticationInterceptor implements ServerInterceptor {

    /** Where the token travels. */
    public static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** The token of the served call, for calls on the caller's behalf. */
    public static final Context.Key<String> TOKEN = Context.key("metachat-access-token");

    private static final String BEARER = "Bearer ";

    private final AccessTokenVerifier verifier;
    private final MethodAccess access;
    private final List<Revocations> revocations;

    public AuthenticationInterceptor(
            AccessTokenVerifier verifier, List<MethodAccess> access, List<Revocations> revocations) {
        this.verifier = verifier;
        this.revocations = List.copyOf(revocations);
        List<MethodAccess> all = new ArrayList<>(access);
        all.add(infrastructure());
        this.access = MethodAccess.merge(all);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        String token = token(headers);
        if (token == null) {
            if (access.needsNobody(method)) {
                return next.startCall(call, headers);
            }
            throw Problem.unauthenticated("unauthenticated", "An access token is needed.")
                    .toException();
        }
        Caller caller = verify(token);
        if (isRevoked(caller)) {
            throw Problem.unauthenticated("token-revoked", "The access token counts no more.")
                    .toException();
        }
        if (!access.allows(method, caller)) {
            throw Problem.forbidden("This caller may not do this.").toException();
        }
        Context context = caller.in(Context.current()).withValue(TOKEN, token);
        return Contexts.interceptCall(context, call, headers, next);
    }

    private boolean isRevoked(Caller caller) {
        return caller.user().stream().anyMatch(user -> revocations.stream().anyMatch(one -> one.isRevoked(user)));
    }

    private Caller verify(String token) {
        try {
            return verifier.verify(token);
        } catch (AccessTokenException refused) {
            throw refused.problem().toException();
        }
    }

    private static @Nullable String token(Metadata headers) {
        String authorization = headers.get(AUTHORIZATION);
        if (authorization == null) {
            return null;
        }
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw Problem.unauthenticated("token-invalid", "The access token is not valid.")
                    .toException();
        }
        return authorization.substring(BEARER.length()).trim();
    }

    // What probes and tools call.
    private static MethodAccess infrastructure() {
        return MethodAccess.builder()
                .open("grpc.health.v1.Health/Check")
                .open("grpc.health.v1.Health/Watch")
                .open("grpc.health.v1.Health/List")
                .open("grpc.reflection.v1.ServerReflection/ServerReflectionInfo")
                .build();
    }
}
