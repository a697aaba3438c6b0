package io.metachat.domain.user.event;

import io.metachat.domain.UserId;
import java.time.Instant;

/** Somebody is forgotten: every consumer deletes what it holds of them. */
public record UserForgotten(UserId userId, Instant forgottenAt) implements UserEvent {}
