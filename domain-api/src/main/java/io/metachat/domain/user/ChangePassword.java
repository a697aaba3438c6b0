package io.metachat.domain.user;

import io.metachat.domain.UserId;

/** Replace the password's hash. */
public record ChangePassword(UserId userId, String passwordHash) implements UserCommand {

    @Override
    public String toString() {
        return "ChangePassword[userId=" + userId + "]";
    }
}
