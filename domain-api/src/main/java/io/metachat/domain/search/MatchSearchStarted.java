package io.metachat.domain.search;

import io.metachat.domain.SearchId;
import io.metachat.domain.UserId;
import java.time.Instant;

/** Somebody wants to be introduced; the saga begins. */
public record MatchSearchStarted(UserId userId, SearchId searchId, Instant startedAt) implements SearchEvent {}
