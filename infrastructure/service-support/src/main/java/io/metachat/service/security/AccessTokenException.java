package io.metachat.service.security;

import io.metachat.service.error.Problem;
import org.jspecify.annotations.Nullable;

/** An access token that is not believed. The message names the reason and never the token. */
public final class AccessTokenException extends RuntimeException {

    /** Why a token is not believed. */
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
        /** A claim that must be there is absent or of another form. */
        CLAIMS
    }

    private final Reason reason;

    AccessTokenException(Reason reason, @Nullable Throwable cause) {
        super("Access token refused: " + reason, cause);
        this.reason = reason;
    }

    AccessTokenException(Reason reason) {
        this(reason, null);
    }

    public Reason reason() {
        return reason;
    }

    /** What the client is told: only whether a new token would help, not which check failed. */
    public Problem problem() {
        return reason == Reason.EXPIRED
                ? Problem.unauthenticated("token-expired", "The access token has expired.")
                : Problem.unauthenticated("token-invalid", "The access token is not valid.");
    }
}
