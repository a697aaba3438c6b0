package io.metachat.gateway.auth;

import io.metachat.gateway.http.Timestamps;
import io.metachat.proto.v1.Tokens;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The tokens of a signed-in user. */
record TokensView(
        String userId,
        String accessToken,
        @Nullable Instant accessTokenExpiresAt,
        String refreshToken,
        @Nullable Instant refreshTokenExpiresAt) {

    static TokensView of(Tokens tokens) {
        return new TokensView(
                tokens.getUserId(),
                tokens.getAccessToken(),
                Timestamps.instant(tokens.hasAccessTokenExpiresAt(), tokens.getAccessTokenExpiresAt()),
                tokens.getRefreshToken(),
                Timestamps.instant(tokens.hasRefreshTokenExpiresAt(), tokens.getRefreshTokenExpiresAt()));
    }

    @Override
    public String toString() {
        return "TokensView[userId=" + userId + "]";
    }
}
