package io.metachat.domain.match;

import io.metachat.domain.MatchId;

/** The proposal's time is up. A finished match is left as it is. */
public record ExpireMatch(MatchId matchId) implements MatchCommand {}
