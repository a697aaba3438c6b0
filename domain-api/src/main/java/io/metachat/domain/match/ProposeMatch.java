package io.metachat.domain.match;

import io.metachat.domain.MatchId;
import io.metachat.domain.SearchId;
import io.metachat.domain.UserId;
import io.metachat.domain.UserPair;
import io.metachat.domain.candidate.MatchScore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Propose two people to each other. Who asks directly has accepted by asking; in a search both have yet to accept. A
 * second proposal, from the other side while the first is open, counts as that side's acceptance.
 *
 * @param round from 1; grows with each finished proposal between the two that was not established
 * @param searchId the search that proposes; {@code null} for a direct request
 * @param expiresAt when the proposal runs out
 */
public record ProposeMatch(
        UserId proposedBy,
        UserId proposedTo,
        int round,
        MatchScore score,
        @Nullable SearchId searchId,
        Instant expiresAt)
        implements MatchCommand {

    public UserPair pair() {
        return new UserPair(proposedBy, proposedTo);
    }

    @Override
    public MatchId matchId() {
        return MatchId.of(pair(), round);
    }
}
