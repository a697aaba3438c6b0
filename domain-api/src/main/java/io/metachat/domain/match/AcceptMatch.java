package io.metachat.domain.match;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserId;

/** One side accepts; when both have, the match is established. Accepting twice changes nothing. */
public record AcceptMatch(MatchId matchId, UserId userId) implements MatchCommand {}
