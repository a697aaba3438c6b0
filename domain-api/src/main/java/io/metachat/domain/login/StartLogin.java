package io.metachat.domain.login;

import io.metachat.domain.LoginId;
import io.metachat.domain.UserId;
import java.time.Instant;

/**
 * A user signed in.
 *
 * @param tokenHash hex SHA-256 of the first refresh token; the token itself is nowhere stored
 */
public record StartLogin(LoginId loginId, UserId userId, String tokenHash, Instant expiresAt) implements LoginCommand {

    @Override
    public String toString() {
        return "StartLogin[loginId=" + loginId + ", userId=" + userId + "]";
    }
}
