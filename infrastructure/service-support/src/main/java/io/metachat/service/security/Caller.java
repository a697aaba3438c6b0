package io.metachat.service.security;

import io.grpc.Context;
import io.metachat.service.error.Problem;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as a verified access token says.
 *
 * @param subject the user's id, or a service's name
 * @param clientId the client that the token was issued to
 * @param roles such as {@code operator}
 * @param scopes such as {@code service}
 * @param tokenId the token's {@code jti}
 * @param expiresAt when the token ends
 */
public record Caller(
        String subject, String clientId, Set<String> roles, Set<String> scopes, String tokenId, Instant expiresAt) {

    /** The role of those who run the system. */
    public static final String OPERATOR = "operator";

    /** The scope of a service that acts for itself, without a user. */
    public static final String SERVICE_SCOPE = "service";

    private static final Context.Key<Caller> KEY = Context.key("metachat-caller");

    public Caller {
        roles = Set.copyOf(roles);
        scopes = Set.copyOf(scopes);
    }

    /** The caller of the gRPC method that is being served. A call without one is refused as not signed in. */
    public static Caller current() {
        return find().orElseThrow(() -> Problem.unauthenticated("unauthenticated", "An access token is needed.")
                .toException());
    }

    /** The caller of the gRPC method that is being served, if it has one: open methods may be called without. */
    public static Optional<Caller> find() {
        return Optional.ofNullable(KEY.get());
    }

    /** Returns the id of the user who makes the call that is being served. A call without a user is refused. */
    public static UUID currentUser() {
        return current().userId();
    }

    /** {@code context} with this caller as {@link #current()}. */
    public Context in(Context context) {
        return context.withValue(KEY, this);
    }

    /** The user's id. A service without a user is refused. */
    public UUID userId() {
        return user().orElseThrow(() -> Problem.forbidden("This needs a user.").toException());
    }

    /** The user's id, if the caller is a user. */
    public Optional<UUID> user() {
        return isService() ? Optional.empty() : Optional.ofNullable(uuid(subject));
    }

    public boolean isService() {
        return scopes.contains(SERVICE_SCOPE);
    }

    public boolean isOperator() {
        return roles.contains(OPERATOR);
    }

    private static @Nullable UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notAUuid) {
            return null;
        }
    }
}
