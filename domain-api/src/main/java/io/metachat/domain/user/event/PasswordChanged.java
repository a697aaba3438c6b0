package io.metachat.domain.user.event;

import io.metachat.domain.UserId;
import io.metachat.domain.field.Personal;
import java.time.Instant;

/** Another password is valid from now on. */
public record PasswordChanged(UserId userId, @Personal String passwordHash, Instant changedAt) implements UserEvent {

    @Override
    public String toString() {
        return "PasswordChanged[userId=" + userId + "]";
    }
}
