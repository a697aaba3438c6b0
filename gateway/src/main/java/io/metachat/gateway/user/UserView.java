package io.metachat.gateway.user;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.metachat.gateway.http.Timestamps;
import io.metachat.proto.v1.User;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user: the whole to themselves, the public part to others.
 *
 * @param own only to the user; left out for others
 */
record UserView(
        String id,
        String username,
        @Nullable String displayName,
        @Nullable String bio,
        @Nullable String avatarUrl,
        @Nullable String archetype,
        @Nullable Instant createdAt,
        @JsonUnwrapped @Nullable Own own) {

    /** What only the user sees. */
    record Own(
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String dateOfBirth,
            List<String> modalities) {

        Own {
            modalities = List.copyOf(modalities);
        }
    }

    static UserView of(User user) {
        return new UserView(
                user.getUserId(),
                user.getUsername(),
                user.hasDisplayName() ? user.getDisplayName() : null,
                user.hasBio() ? user.getBio() : null,
                user.hasAvatarUrl() ? user.getAvatarUrl() : null,
                user.hasArchetype() ? user.getArchetype() : null,
                Timestamps.instant(user.hasCreatedAt(), user.getCreatedAt()),
                user.getOwn() ? own(user) : null);
    }

    private static Own own(User user) {
        return new Own(
                user.hasEmail() ? user.getEmail() : null,
                user.hasFirstName() ? user.getFirstName() : null,
                user.hasLastName() ? user.getLastName() : null,
                user.hasDateOfBirth() ? user.getDateOfBirth() : null,
                user.getModalitiesList());
    }

    @Override
    public String toString() {
        return "UserView[id=" + id + "]";
    }
}
