package io.metachat.domain.login;

import io.metachat.domain.LoginId;
import io.metachat.domain.UserId;
import java.time.Instant;

/** A user signed in; the hash is of the first refresh token. */
public record LoginStarted(LoginId loginId, UserId userId, String tokenHash, Instant startedAt, Instant expiresAt)
        implements LoginEvent {

    @Override
    public String toString() {
        return "LoginStarted[loginId=" + loginId + ", userId=" + userId + "]";
    }
}
