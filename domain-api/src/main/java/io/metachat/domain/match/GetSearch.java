package io.metachat.domain.match;

import io.metachat.domain.UserId;

/** The asker's running search, with what it has tried. */
public record GetSearch(UserId userId) {}
