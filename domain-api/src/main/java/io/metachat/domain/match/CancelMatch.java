package io.metachat.domain.match;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserId;
import io.metachat.domain.match.event.MatchCancelled;

/**
 * Take an open proposal back: by the person who made it, or by the system when one of the two leaves.
 *
 * @param userId on whose behalf
 */
public record CancelMatch(MatchId matchId, UserId userId, MatchCancelled.Reason reason) implements MatchCommand {}
