package io.metachat.domain.user;

import io.metachat.domain.UserId;

/** Opt in or out of matching, and say whom to meet. */
public record ChangeMatchingPreferences(UserId userId, MatchingPreferences preferences) implements UserCommand {}
