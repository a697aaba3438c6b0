package io.metachat.domain.user;

import io.metachat.domain.UserId;
import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.field.Limits;
import io.metachat.domain.field.Patch;
import java.time.LocalDate;

/** Change parts of a profile; what is not named stays. */
public record UpdateProfile(
        UserId userId,
        Patch<String> displayName,
        Patch<String> firstName,
        Patch<String> lastName,
        Patch<LocalDate> dateOfBirth,
        Patch<String> bio,
        Patch<String> avatarUrl)
        implements UserCommand {

    public UpdateProfile {
        FieldChecks.begin()
                .text("displayName", displayName.value(), Limits.NAME)
                .text("firstName", firstName.value(), Limits.NAME)
                .text("lastName", lastName.value(), Limits.NAME)
                .text("bio", bio.value(), Limits.BIO)
                .url("avatarUrl", avatarUrl.value())
                .done();
    }

    /** Returns {@code profile} with this change. */
    public Profile over(Profile profile) {
        return new Profile(
                displayName.over(profile.displayName()),
                firstName.over(profile.firstName()),
                lastName.over(profile.lastName()),
                dateOfBirth.over(profile.dateOfBirth()),
                bio.over(profile.bio()),
                avatarUrl.over(profile.avatarUrl()));
    }

    @Override
    public String toString() {
        return "UpdateProfile[userId=" + userId + "]";
    }
}
