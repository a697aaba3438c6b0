package io.metachat.domain.user;

import io.metachat.domain.UserId;

/**
 * One user as the asker may see them.
 *
 * @param asker who asks; sees all of themselves and the public part of others
 */
public record GetUser(UserId asker, UserId userId) {}
