package io.metachat.service.security;

import java.time.Instant;

/**
 * A signed access token.
 *
 * @param value what goes after {@code Bearer}
 * @param expiresAt when it ends
 */
public record IssuedToken(String value, Instant expiresAt) {

    @Override
    public String toString() {
        return "IssuedToken[expiresAt=" + expiresAt + "]";
    }
}
