package io.metachat.domain.user;

import io.metachat.domain.UserId;
import java.time.Instant;

/** The archetype that somebody sees in themselves. */
public record ArchetypeAssigned(UserId userId, Archetype archetype, Instant assignedAt) implements UserEvent {}
