package io.metachat.service.security;

import io.grpc.Context;
import io.metachat.service.error.Problem;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The user who makes a call, as named by a verified access token.
 *
 * @param userId the user's id
 * @param clientId the client that the token was issued to
 * @param roles such as {@code operator}
 * @param tokenId the token's {@code jti}
 * @param expiresAt when the token expires
 */
public record Caller(UUID userId, String clientId, Set<String> roles, String tokenId, Instant expiresAt) {

    /** The role of those who run the system. */
    public static final String OPERATOR = "operator";

    private static final Context.Key<Caller> KEY = Context.key("metachat-caller");

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Returns the caller of the gRPC method that is being served. Refuses a call without one as not signed in. */
    public static Caller current() {
        return find().orElseThrow(() -> Problem.unauthenticated("unauthenticated", "An access token is required.")
                .toException());
    }

    /** Returns the caller of the gRPC method that is being served, if it has one: an open method needs none. */
    public static Optional<Caller> find() {
        return Optional.ofNullable(KEY.get());
    }

    /** Returns the id of the user who makes the call that is being served. Refuses a call without one. */
    public static UUID currentUser() {
        return current().userId();
    }

    /** Returns {@code context} with this caller as {@link #current()}. */
    public Context in(Context context) {
        return context.withValue(KEY, this);
    }

    public boolean isOperator() {
        return roles.contains(OPERATOR);
    }
}
