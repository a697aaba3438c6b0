package io.metachat.domain.login;

import io.metachat.domain.LoginId;
import io.metachat.domain.UserId;
import java.time.Instant;

/** A refresh token was exchanged; only its successor is valid now. */
public record RefreshTokenRotated(
        LoginId loginId, UserId userId, String tokenHash, Instant rotatedAt, Instant expiresAt) implements LoginEvent {

    @Override
    public String toString() {
        return "RefreshTokenRotated[loginId=" + loginId + ", userId=" + userId + "]";
    }
}
