package io.metachat.domain.match.event;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserId;
import io.metachat.domain.UserPair;
import java.time.Instant;

/** One side accepted. */
public record MatchAccepted(MatchId matchId, UserPair users, UserId acceptedBy, Instant acceptedAt)
        implements MatchEvent {}
