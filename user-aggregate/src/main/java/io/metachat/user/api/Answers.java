package io.metachat.user.api;

import io.metachat.proto.Times;
import io.metachat.proto.v1.Tokens;
import io.metachat.user.login.TokenPair;

/** The results of calls as messages. */
final class Answers {

    private Answers() {}

    static Tokens tokens(TokenPair pair) {
        return Tokens.newBuilder()
                .setUserId(pair.userId().toString())
                .setAccessToken(pair.access().value())
                .setAccessTokenExpiresAt(Times.timestamp(pair.access().expiresAt()))
                .setRefreshToken(pair.refresh().value())
                .setRefreshTokenExpiresAt(Times.timestamp(pair.refreshExpiresAt()))
                .build();
    }
}
