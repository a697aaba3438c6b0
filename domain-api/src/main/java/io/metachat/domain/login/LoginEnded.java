package io.metachat.domain.login;

import io.metachat.domain.LoginId;
import io.metachat.domain.UserId;
import java.time.Instant;

/** A login is over: none of its refresh tokens is valid. */
public record LoginEnded(LoginId loginId, UserId userId, Reason reason, Instant endedAt) implements LoginEvent {

    /** Why a login ended. */
    public enum Reason {
        LOGGED_OUT,
        TOKEN_REUSED,
        PASSWORD_CHANGED,
        USER_FORGOTTEN
    }
}
