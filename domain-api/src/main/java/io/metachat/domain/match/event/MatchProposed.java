package io.metachat.domain.match.event;

import io.metachat.domain.MatchId;
import io.metachat.domain.SearchId;
import io.metachat.domain.UserId;
import io.metachat.domain.UserPair;
import io.metachat.domain.candidate.MatchScore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Two people were proposed to each other. */
public record MatchProposed(
        MatchId matchId,
        UserPair users,
        UserId proposedBy,
        int round,
        MatchScore score,
        @Nullable SearchId searchId,
        Instant proposedAt,
        Instant expiresAt)
        implements MatchEvent {}
