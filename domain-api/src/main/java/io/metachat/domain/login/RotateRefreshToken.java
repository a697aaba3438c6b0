package io.metachat.domain.login;

import io.metachat.domain.LoginId;
import java.time.Instant;

/**
 * Exchange a refresh token for its successor. A token that was exchanged before ends the whole login.
 *
 * @param presentedHash hash of the token that was presented
 * @param nextHash hash of its successor
 */
public record RotateRefreshToken(LoginId loginId, String presentedHash, String nextHash, Instant expiresAt)
        implements LoginCommand {

    @Override
    public String toString() {
        return "RotateRefreshToken[loginId=" + loginId + "]";
    }
}
