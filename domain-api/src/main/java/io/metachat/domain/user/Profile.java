package io.metachat.domain.user;

import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.field.Personal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A user's description of themselves. A stranger sees the display name, the bio and the avatar only. */
public record Profile(
        @Personal @Nullable String displayName,
        @Personal @Nullable String firstName,
        @Personal @Nullable String lastName,
        @Personal @Nullable LocalDate dateOfBirth,
        @Personal @Nullable String bio,
        @Personal @Nullable String avatarUrl) {

    /** The profile before the registration, and of a forgotten user. */
    public static final Profile EMPTY = new Profile(null, null, null, null, null, null);

    /** @throws io.metachat.domain.refusal.DomainException when somebody born on that day is too young */
    public static void checkAge(@Nullable LocalDate dateOfBirth, LocalDate today) {
        FieldChecks.begin().dateOfBirth("dateOfBirth", dateOfBirth, today).done();
    }

    @Override
    public String toString() {
        return "Profile[]";
    }
}
