package io.metachat.domain.user.event;

import io.metachat.domain.UserId;
import java.time.Instant;

/** A block was taken back. */
public record UserUnblocked(UserId userId, UserId blocked, Instant unblockedAt) implements UserEvent {}
