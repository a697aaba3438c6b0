package io.metachat.domain.match;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserId;
import io.metachat.domain.request.Repetition;

/**
 * Answer a direct proposal that this match answered before under the same idempotency key, in whatever state the match
 * is by now. Changes nothing.
 */
public record RepeatProposal(MatchId matchId, UserId userId) implements MatchCommand, Repetition {}
