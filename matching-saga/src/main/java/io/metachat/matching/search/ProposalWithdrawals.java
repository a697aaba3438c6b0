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
import org.springframework.stereotype.Component;

/** Withdraws the open proposals of a user who opts out or is forgotten, or who blocks the other side. */
@Component
@ProcessingGroup(ProposalWithdrawals.PROCESSOR)
class ProposalWithdrawals {

    /** The name of the streaming processor. */
    // Stored with the tokens: the name stays.
    static final String PROCESSOR = "departures";

    private final CandidatePool pool;
    private final PoolCatchUp catchUp;
    private final CommandGateway commands;

    ProposalWithdrawals(CandidatePool pool, PoolCatchUp catchUp, CommandGateway commands) {
        this.pool = pool;
        this.catchUp = catchUp;
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
        catchUp.awaitReached(token);
        pool.openProposalBetween(new UserPair(event.userId(), event.blocked()))
                .ifPresent(matchId -> cancel(matchId, event.userId(), MatchCancelled.Reason.BLOCKED));
    }

    private void cancelAll(UserId user, MatchCancelled.Reason reason, TrackingToken token) {
        catchUp.awaitReached(token);
        pool.openProposalsOf(user).forEach(matchId -> cancel(matchId, user, reason));
    }

    private void cancel(MatchId matchId, UserId user, MatchCancelled.Reason reason) {
        OpenMatches.cancel(commands, new CancelMatch(matchId, user, reason));
    }
}
