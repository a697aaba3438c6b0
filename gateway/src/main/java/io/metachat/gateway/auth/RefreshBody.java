package io.metachat.gateway.auth;

import org.jspecify.annotations.Nullable;

/** A refresh token to exchange or to revoke. */
record RefreshBody(@Nullable String refreshToken) {

    @Override
    public String toString() {
        return "RefreshBody";
    }
}
