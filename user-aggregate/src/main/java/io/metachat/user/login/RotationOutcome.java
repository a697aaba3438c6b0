package io.metachat.user.login;

import io.metachat.domain.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a refresh token. A refusal is an answer and not an exception: the end of a login that it may bring
 * must be stored.
 *
 * @param userId whose token it was; none when it is refused
 * @param expiresAt how long its successor is valid; none when it is refused
 */
public record RotationOutcome(
        @Nullable UserId userId, @Nullable Instant expiresAt) {

    static RotationOutcome rotated(UserId userId, Instant expiresAt) {
        return new RotationOutcome(userId, expiresAt);
    }

    static RotationOutcome refused() {
        return new RotationOutcome(null, null);
    }
}
