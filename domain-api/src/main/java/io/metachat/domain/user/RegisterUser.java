package io.metachat.domain.user;

import io.metachat.domain.UserId;
import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.field.Limits;

/**
 * Register somebody whose names are already reserved.
 *
 * @param passwordHash the Argon2id hash in PHC string form; the password itself never reaches a command
 */
public record RegisterUser(UserId userId, String username, String email, String passwordHash, Profile profile)
        implements UserCommand {

    public RegisterUser {
        FieldChecks.begin()
                .required("username", username)
                .username("username", username)
                .required("email", email)
                .email("email", email)
                .text("displayName", profile.displayName(), Limits.NAME)
                .text("firstName", profile.firstName(), Limits.NAME)
                .text("lastName", profile.lastName(), Limits.NAME)
                .done();
    }

    @Override
    public String toString() {
        return "RegisterUser[userId=" + userId + "]";
    }
}
