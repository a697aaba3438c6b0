package io.metachat.domain.user.event;

import io.metachat.domain.UserId;
import io.metachat.domain.field.Personal;
import io.metachat.domain.user.Profile;
import java.time.Instant;

/** The profile as it is from now on, whole. */
public record ProfileUpdated(UserId userId, @Personal Profile profile, Instant updatedAt) implements UserEvent {

    @Override
    public String toString() {
        return "ProfileUpdated[userId=" + userId + "]";
    }
}
