package io.metachat.domain.user;

import io.metachat.domain.UserId;

/** Forget somebody for ever. Forgetting twice changes nothing. */
public record ForgetUser(UserId userId) implements UserCommand {}
