package io.metachat.domain.user;

import io.metachat.domain.Command;
import io.metachat.domain.UserId;

/** A command to a user. */
public sealed interface UserCommand extends Command
        permits RegisterUser,
                UpdateProfile,
                ChangePassword,
                AssignArchetype,
                UpdateModalities,
                ChangeMatchingPreferences,
                BlockUser,
                UnblockUser,
                ForgetUser {

    UserId userId();

    @Override
    default String target() {
        return userId().stream();
    }
}
