package io.metachat.domain.match;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserId;

/** One side declines an open proposal. */
public record DeclineMatch(MatchId matchId, UserId userId) implements MatchCommand {}
