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

/** Verifies the bearer token of every served call, and rejects a call without one unless {@link MethodAccess} opens it. */
public final class AuthenticationInterceptor implements ServerInterceptor {

    /** The header that holds the token. */
    public static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

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
            if (access.isOpen(method)) {
                return next.startCall(call, headers);
            }
            throw Problem.unauthenticated("unauthenticated", "An access token is required.")
                    .toException();
        }
        Caller caller = verify(token);
        if (isRevoked(caller)) {
            throw Problem.unauthenticated("token-revoked", "The access token has been revoked.")
                    .toException();
        }
        return Contexts.interceptCall(caller.in(Context.current()), call, headers, next);
    }

    private boolean isRevoked(Caller caller) {
        return revocations.stream().anyMatch(one -> one.isRevoked(caller.userId()));
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

    // Probes and tools call these without a user.
    private static MethodAccess infrastructure() {
        return MethodAccess.open(
                "grpc.health.v1.Health/Check",
                "grpc.health.v1.Health/Watch",
                "grpc.health.v1.Health/List",
                "grpc.reflection.v1.ServerReflection/ServerReflectionInfo");
    }
}
