package io.metachat.gateway.user;

import org.jspecify.annotations.Nullable;

/** A change of the password. */
record PasswordBody(
        @Nullable String currentPassword, @Nullable String newPassword) {

    @Override
    public String toString() {
        return "PasswordBody";
    }
}
