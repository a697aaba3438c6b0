package io.metachat.gateway.auth;

import org.jspecify.annotations.Nullable;

/** A registration. */
record RegisterBody(
        @Nullable String username,
        @Nullable String email,
        @Nullable String password,
        @Nullable String displayName,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String dateOfBirth) {

    @Override
    public String toString() {
        return "RegisterBody";
    }
}
