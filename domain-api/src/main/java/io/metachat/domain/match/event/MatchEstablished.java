package io.metachat.domain.match.event;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserPair;
import java.time.Instant;

/** Both sides accepted. */
public record MatchEstablished(MatchId matchId, UserPair users, Instant establishedAt) implements MatchEvent {}
