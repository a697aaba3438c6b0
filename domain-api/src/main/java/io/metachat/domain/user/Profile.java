package io.metachat.domain.user;

import io.metachat.domain.field.Personal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What a user tells of themselves. A stranger sees the display name, the bio and the avatar only. */
public record Profile(
        @Personal @Nullable String displayName,
        @Personal @Nullable String firstName,
        @Personal @Nullable String lastName,
        @Personal @Nullable LocalDate dateOfBirth,
        @Personal @Nullable String bio,
        @Personal @Nullable String avatarUrl) {

    @Override
    public String toString() {
        return "Profile[]";
    }
}
