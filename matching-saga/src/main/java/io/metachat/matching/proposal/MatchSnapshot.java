package io.metachat.matching.proposal;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserId;
import io.metachat.domain.UserPair;
import io.metachat.domain.candidate.MatchScore;
import java.time.Instant;
import java.util.Set;

/** A match right after a command. */
public record MatchSnapshot(
        MatchId matchId,
        MatchState state,
        UserPair users,
        UserId proposedBy,
        Set<UserId> acceptedBy,
        MatchScore score,
        Instant proposedAt,
        Instant expiresAt) {

    public MatchSnapshot {
        acceptedBy = Set.copyOf(acceptedBy);
    }
}
