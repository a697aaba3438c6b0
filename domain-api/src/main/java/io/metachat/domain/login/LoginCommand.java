package io.metachat.domain.login;

import io.metachat.domain.Command;
import io.metachat.domain.LoginId;

/** A command to a login. */
public sealed interface LoginCommand extends Command permits StartLogin, RotateRefreshToken, EndLogin {

    LoginId loginId();

    @Override
    default String target() {
        return loginId().stream();
    }
}
