package io.metachat.domain.login;

import io.metachat.domain.LoginId;

/** Revoke a login. Ending an ended login changes nothing. */
public record EndLogin(LoginId loginId, LoginEnded.Reason reason) implements LoginCommand {}
