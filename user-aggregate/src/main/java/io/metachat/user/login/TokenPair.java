package io.metachat.user.login;

import io.metachat.domain.UserId;
import io.metachat.service.security.IssuedToken;
import java.time.Instant;

/** What somebody signs in with from now on. */
public record TokenPair(UserId userId, IssuedToken access, RefreshToken refresh, Instant refreshExpiresAt) {

    @Override
    public String toString() {
        return "TokenPair[userId=" + userId + "]";
    }
}
