package io.metachat.domain.login;

import io.metachat.domain.DomainEvent;
import io.metachat.domain.LoginId;
import io.metachat.domain.UserId;

/** A fact about a login. */
public sealed interface LoginEvent extends DomainEvent permits LoginStarted, RefreshTokenRotated, LoginEnded {

    LoginId loginId();

    UserId userId();
}
