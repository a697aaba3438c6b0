package io.metachat.domain.user.event;

import io.metachat.domain.UserId;
import io.metachat.domain.user.MatchingPreferences;
import java.time.Instant;

/** Somebody opted in or out, or wants to meet people of another age. */
public record MatchingPreferencesChanged(UserId userId, MatchingPreferences preferences, Instant changedAt)
        implements UserEvent {}
