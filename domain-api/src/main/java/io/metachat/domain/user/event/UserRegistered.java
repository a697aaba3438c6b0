package io.metachat.domain.user.event;

import io.metachat.domain.UserId;
import io.metachat.domain.field.Personal;
import io.metachat.domain.user.Profile;
import java.time.Instant;

/** Somebody registered. The hash is here, so that rebuilding the read models brings logins back. */
public record UserRegistered(
        UserId userId,
        @Personal String username,
        @Personal String email,
        @Personal String passwordHash,
        @Personal Profile profile,
        Instant registeredAt)
        implements UserEvent {

    /** Without the personal components: events may end up in a failure's message. */
    @Override
    public String toString() {
        return "UserRegistered[userId=" + userId + "]";
    }
}
