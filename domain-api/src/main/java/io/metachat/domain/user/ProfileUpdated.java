package io.metachat.domain.user;

import io.metachat.domain.Personal;
import io.metachat.domain.UserId;
import java.time.Instant;

/** The profile as it is from now on, whole. */
public record ProfileUpdated(UserId userId, @Personal Profile profile, Instant updatedAt) implements UserEvent {

    @Override
    public String toString() {
        return "ProfileUpdated[userId=" + userId + "]";
    }
}
