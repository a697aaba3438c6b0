package io.metachat.domain.mood;

import io.metachat.domain.UserId;

/** The asker's own emotional profile. */
public record GetPortrait(UserId userId) {}
