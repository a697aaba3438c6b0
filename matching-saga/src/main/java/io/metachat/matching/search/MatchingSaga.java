package io.metachat.matching.search;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.metachat.domain.MatchId;
import io.metachat.domain.SearchId;
import io.metachat.domain.UserId;
import io.metachat.domain.match.CancelMatch;
import io.metachat.domain.match.ExpireMatch;
import io.metachat.domain.match.ProposeMatch;
import io.metachat.domain.match.event.MatchCancelled;
import io.metachat.domain.match.event.MatchDeclined;
import io.metachat.domain.match.event.MatchEstablished;
import io.metachat.domain.match.event.MatchExpired;
import io.metachat.domain.match.event.MatchProposed;
import io.metachat.domain.search.EndSearch;
import io.metachat.domain.search.MatchSearchEnded;
import io.metachat.domain.search.MatchSearchStarted;
import io.metachat.domain.user.event.MatchingPreferencesChanged;
import io.metachat.domain.user.event.UserForgotten;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.modelling.saga.EndSaga;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.spring.stereotype.Saga;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Drives one search: proposes to the best candidate, waits for both answers until a deadline, and goes on to the next
 * until there is a match, nobody is left, or the searcher leaves. Events come at least once, and so may a deadline:
 * each step can be taken again, since a proposal to the same person is the same stream and a second, different one is
 * taken back as soon as its event arrives.
 */
@Saga
@ProcessingGroup(MatchingSaga.PROCESSOR)
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public class MatchingSaga {

    /** The name of the streaming processor. */
    public static final String PROCESSOR = "matching-saga";

    static final String ANSWER_DUE = "answer-due";

    @Autowired
    private transient Proposals proposals;

    @Autowired
    private transient PoolCatchUp pool;

    @Autowired
    private transient CommandGateway commands;

    @Autowired
    private transient DeadlineManager deadlines;

    private @Nullable UserId searcher;
    private @Nullable SearchId searchId;
    private @Nullable MatchId current;
    private @Nullable String deadlineId;
    private final Set<UserId> tried = new HashSet<>();

    @StartSaga
    @SagaEventHandler(associationProperty = "searchId")
    void on(MatchSearchStarted event, TrackingToken token) {
        searcher = event.userId();
        searchId = event.searchId();
        SagaLifecycle.associateWith("userId", event.userId().toString());
        pool.awaitReached(token);
        goOn();
    }

    /** A proposal that is not the current one was made by a step that was taken twice: it is taken back. */
    @SagaEventHandler(associationProperty = "searchId")
    void on(MatchProposed event) {
        if (!event.matchId().equals(current)) {
            takeBack(event.matchId());
        }
    }

    @SagaEventHandler(associationProperty = "matchId")
    void on(MatchEstablished event) {
        conclude(event.matchId());
        commands.sendAndWait(new EndSearch(searcher, searchId, MatchSearchEnded.Outcome.MATCHED, event.matchId()));
    }

    @SagaEventHandler(associationProperty = "matchId")
    void on(MatchDeclined event, TrackingToken token) {
        pool.awaitReached(token);
        conclude(event.matchId());
        goOn();
    }

    @SagaEventHandler(associationProperty = "matchId")
    void on(MatchExpired event, TrackingToken token) {
        pool.awaitReached(token);
        conclude(event.matchId());
        goOn();
    }

    @SagaEventHandler(associationProperty = "matchId")
    void on(MatchCancelled event, TrackingToken token) {
        pool.awaitReached(token);
        conclude(event.matchId());
        goOn();
    }

    @SagaEventHandler(associationProperty = "userId")
    void on(MatchingPreferencesChanged event) {
        if (!event.preferences().enabled()) {
            endCancelled();
        }
    }

    @SagaEventHandler(associationProperty = "userId")
    void on(UserForgotten event) {
        endCancelled();
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "searchId")
    void on(MatchSearchEnded event) {
        if (current != null) {
            MatchId open = current;
            conclude(open);
            takeBack(open);
        }
    }

    @DeadlineHandler(deadlineName = ANSWER_DUE)
    void answerDue(MatchId matchId) {
        if (matchId.equals(current)) {
            deadlineId = null;
            commands.sendAndWait(new ExpireMatch(matchId));
        }
    }

    private void goOn() {
        Optional<ProposeMatch> made = proposals.next(searcher, searchId, tried);
        if (made.isEmpty()) {
            commands.sendAndWait(new EndSearch(searcher, searchId, MatchSearchEnded.Outcome.EXHAUSTED, null));
            return;
        }
        ProposeMatch proposal = made.get();
        tried.add(proposal.proposedTo());
        current = proposal.matchId();
        SagaLifecycle.associateWith("matchId", current.toString());
        deadlineId = deadlines.schedule(proposal.expiresAt(), ANSWER_DUE, current);
    }

    private void conclude(MatchId matchId) {
        SagaLifecycle.removeAssociationWith("matchId", matchId.toString());
        if (deadlineId != null) {
            deadlines.cancelSchedule(ANSWER_DUE, deadlineId);
            deadlineId = null;
        }
        current = null;
    }

    private void takeBack(MatchId matchId) {
        OpenMatches.cancel(commands, new CancelMatch(matchId, searcher, MatchCancelled.Reason.SEARCH_CANCELLED));
    }

    private void endCancelled() {
        commands.sendAndWait(new EndSearch(searcher, searchId, MatchSearchEnded.Outcome.CANCELLED, null));
    }
}
