package io.metachat.domain.match.event;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserId;
import io.metachat.domain.UserPair;
import java.time.Instant;

/** A proposal was taken back. */
public record MatchCancelled(MatchId matchId, UserPair users, UserId cancelledBy, Reason reason, Instant cancelledAt)
        implements MatchEvent {

    /** Why a proposal was taken back. */
    public enum Reason {
        WITHDRAWN,
        SEARCH_CANCELLED,
        OPTED_OUT,
        BLOCKED,
        USER_FORGOTTEN
    }
}
