package io.metachat.service.security;

import io.metachat.service.error.Problem;
import org.jspecify.annotations.Nullable;

/** A rejected access token. The message names the reason and never the token. */
public final class AccessTokenException extends RuntimeException {

    /** The reason for which a token is rejected. */
    public enum Reason {
        /** Not a signed JWT at all. */
        MALFORMED,
        /** Another algorithm than the pinned one, {@code none} included. */
        ALGORITHM,
        /** Another kind of token, such as an ID token. */
        TYPE,
        /** Made with another key, or changed since. */
        SIGNATURE,
        ISSUER,
        AUDIENCE,
        EXPIRED,
        /** Issued in the future. */
        NOT_YET_VALID,
        /** A required claim is absent or has another form. */
        CLAIMS
    }

    private final Reason reason;

    AccessTokenException(Reason reason, @Nullable Throwable cause) {
        super("Access token rejected: " + reason, cause);
        this.reason = reason;
    }

    AccessTokenException(Reason reason) {
        this(reason, null);
    }

    public Reason reason() {
        return reason;
    }

    /** Returns the problem for the client: it shows whether a new token would help, but not which check failed. */
    public Problem problem() {
        return reason == Reason.EXPIRED
                ? Problem.unauthenticated("token-expired", "The access token has expired.")
                : Problem.unauthenticated("token-invalid", "The access token is not valid.");
    }
}
