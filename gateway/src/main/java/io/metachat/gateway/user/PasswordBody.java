package io.metachat.gateway.user;

import org.jspecify.annotations.Nullable;

/** A password and its successor. */
record PasswordBody(
        @Nullable String currentPassword, @Nullable String newPassword) {

    @Override
    public String toString() {
        return "PasswordBody";
    }
}
