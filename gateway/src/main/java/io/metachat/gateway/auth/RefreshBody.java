package io.metachat.gateway.auth;

import org.jspecify.annotations.Nullable;

/** A refresh token, to be exchanged or revoked. */
record RefreshBody(@Nullable String refreshToken) {

    @Override
    public String toString() {
        return "RefreshBody";
    }
}
