package io.metachat.service.security;

import java.time.Instant;

/**
 * A signed access token.
 *
 * @param value the part after {@code Bearer}
 * @param expiresAt when it expires
 */
public record IssuedToken(String value, Instant expiresAt) {

    @Override
    public String toString() {
        return "IssuedToken[expiresAt=" + expiresAt + "]";
    }
}
