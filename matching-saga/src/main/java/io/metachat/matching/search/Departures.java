package io.metachat.matching.search;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserId;
import io.metachat.domain.UserPair;
import io.metachat.domain.match.CancelMatch;
import io.metachat.domain.match.event.MatchCancelled;
import io.metachat.domain.user.event.MatchingPreferencesChanged;
import io.metachat.domain.user.event.UserBlocked;
import io.metachat.domain.user.event.UserForgotten;
import io.metachat.matching.candidate.CandidatePool;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackingToken;

/** Takes open proposals back when somebody opts out, blocks the other, or is forgotten. */
@ProcessingGroup(Departures.PROCESSOR)
public class Departures {

    /** The name of the streaming processor. */
    public static final String PROCESSOR = "departures";

    private final CandidatePool pool;
    private final PoolFollower follower;
    private final CommandGateway commands;

    public Departures(CandidatePool pool, PoolFollower follower, CommandGateway commands) {
        this.pool = pool;
        this.follower = follower;
        this.commands = commands;
    }

    @EventHandler
    void on(MatchingPreferencesChanged event, TrackingToken token) {
        if (!event.preferences().enabled()) {
            cancelAll(event.userId(), MatchCancelled.Reason.OPTED_OUT, token);
        }
    }

    @EventHandler
    void on(UserForgotten event, TrackingToken token) {
        cancelAll(event.userId(), MatchCancelled.Reason.USER_FORGOTTEN, token);
    }

    @EventHandler
    void on(UserBlocked event, TrackingToken token) {
        follower.awaitReached(token);
        pool.openProposalBetween(new UserPair(event.userId(), event.blocked()))
                .ifPresent(matchId -> cancel(matchId, event.userId(), MatchCancelled.Reason.BLOCKED));
    }

    private void cancelAll(UserId user, MatchCancelled.Reason reason, TrackingToken token) {
        follower.awaitReached(token);
        pool.openProposalsOf(user).forEach(matchId -> cancel(matchId, user, reason));
    }

    private void cancel(MatchId matchId, UserId user, MatchCancelled.Reason reason) {
        OpenMatches.cancel(commands, new CancelMatch(matchId, user, reason));
    }
}
