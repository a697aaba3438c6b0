package io.metachat.gateway.auth;

import org.jspecify.annotations.Nullable;

/**
 * A login.
 *
 * @param login e-mail address or username
 */
record LoginBody(@Nullable String login, @Nullable String password) {

    @Override
    public String toString() {
        return "LoginBody";
    }
}
