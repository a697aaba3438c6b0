package io.metachat.domain.user.event;

import io.metachat.domain.UserId;
import io.metachat.domain.user.Archetype;
import java.time.Instant;

/** The archetype that somebody sees in themselves. */
public record ArchetypeAssigned(UserId userId, Archetype archetype, Instant assignedAt) implements UserEvent {}
