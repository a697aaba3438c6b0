package io.metachat.domain.match;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserId;

/** One of the asker's own matches. */
public record GetMatch(UserId userId, MatchId matchId) {}
