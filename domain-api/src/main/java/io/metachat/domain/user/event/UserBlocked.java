package io.metachat.domain.user.event;

import io.metachat.domain.UserId;
import java.time.Instant;

/** The two are never introduced to each other. */
public record UserBlocked(UserId userId, UserId blocked, Instant blockedAt) implements UserEvent {}
