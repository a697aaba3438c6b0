package io.metachat.domain.user;

import io.metachat.domain.UserId;

/** Say which archetype somebody sees in themselves. */
public record AssignArchetype(UserId userId, Archetype archetype) implements UserCommand {}
