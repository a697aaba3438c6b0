package io.metachat.domain.user;

import io.metachat.domain.UserId;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;

/** Never be introduced to somebody, in either direction. Blocking twice changes nothing. */
public record BlockUser(UserId userId, UserId blocked) implements UserCommand {

    public BlockUser {
        if (userId.equals(blocked)) {
            throw new DomainException(DomainError.MATCH_WITH_ONESELF);
        }
    }
}
