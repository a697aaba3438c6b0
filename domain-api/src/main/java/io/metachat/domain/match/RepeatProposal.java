package io.metachat.domain.match;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserId;

/**
 * Answer a direct request that the match has answered before, however it went on since; known by the idempotency key.
 * Changes nothing.
 */
public record RepeatProposal(MatchId matchId, UserId userId) implements MatchCommand {}
