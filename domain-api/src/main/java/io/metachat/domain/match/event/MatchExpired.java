package io.metachat.domain.match.event;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserPair;
import java.time.Instant;

/** Nobody's answer came in time. */
public record MatchExpired(MatchId matchId, UserPair users, Instant expiredAt) implements MatchEvent {}
