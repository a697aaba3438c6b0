package io.metachat.domain.user;

import io.metachat.domain.UserId;

/** Take a block back. Without a block it changes nothing. */
public record UnblockUser(UserId userId, UserId blocked) implements UserCommand {}
