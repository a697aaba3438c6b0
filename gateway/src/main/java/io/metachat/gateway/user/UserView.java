package io.metachat.gateway.user;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.metachat.gateway.http.Timestamps;
import io.metachat.proto.Fields;
import io.metachat.proto.v1.User;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user. Others see only the public part.
 *
 * @param own only for the user; left out for others
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

    /** The private part. */
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
                Fields.orNull(user.hasDisplayName(), user::getDisplayName),
                Fields.orNull(user.hasBio(), user::getBio),
                Fields.orNull(user.hasAvatarUrl(), user::getAvatarUrl),
                Fields.orNull(user.hasArchetype(), user::getArchetype),
                Timestamps.instant(user.hasCreatedAt(), user.getCreatedAt()),
                user.getOwn() ? own(user) : null);
    }

    private static Own own(User user) {
        return new Own(
                Fields.orNull(user.hasEmail(), user::getEmail),
                Fields.orNull(user.hasFirstName(), user::getFirstName),
                Fields.orNull(user.hasLastName(), user::getLastName),
                Fields.orNull(user.hasDateOfBirth(), user::getDateOfBirth),
                user.getModalitiesList());
    }

    @Override
    public String toString() {
        return "UserView[id=" + id + "]";
    }
}
