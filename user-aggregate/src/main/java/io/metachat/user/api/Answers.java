package io.metachat.user.api;

import com.google.protobuf.Timestamp;
import io.metachat.proto.v1.Tokens;
import io.metachat.user.login.TokenPair;
import java.time.Instant;

/** What calls came to, as gRPC carries it. */
final class Answers {

    private Answers() {}

    static Tokens tokens(TokenPair pair) {
        return Tokens.newBuilder()
                .setUserId(pair.userId().toString())
                .setAccessToken(pair.access().value())
                .setAccessTokenExpiresAt(timestamp(pair.access().expiresAt()))
                .setRefreshToken(pair.refresh().value())
                .setRefreshTokenExpiresAt(timestamp(pair.refreshExpiresAt()))
                .build();
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
