package io.metachat.domain.match.event;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserId;
import io.metachat.domain.UserPair;
import java.time.Instant;

/** One side declined. */
public record MatchDeclined(MatchId matchId, UserPair users, UserId declinedBy, Instant declinedAt)
        implements MatchEvent {}
