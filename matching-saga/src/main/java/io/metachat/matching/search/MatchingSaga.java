package io.metachat.matching.search;

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
import java.util.Objects;
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
 * Drives one search: proposes to the best candidate, waits for both answers until a deadline, and continues with the
 * next candidate until there is a match, nobody is left, or the searcher leaves. Events and deadlines are delivered at
 * least once, so each step can be repeated: a proposal to the same person is the same stream, and a second, different
 * one is withdrawn as soon as its event arrives.
 *
 * <p>The class name and the field names are stored.
 */
@Saga
@ProcessingGroup(MatchingSaga.PROCESSOR)
public class MatchingSaga {

    /** The name of the streaming processor. */
    public static final String PROCESSOR = "matching-saga";

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
        proposeNext();
    }

    /** A proposal that is not the current one comes from a repeated step: it is withdrawn. */
    @SagaEventHandler(associationProperty = "searchId")
    void on(MatchProposed event) {
        if (!event.matchId().equals(current)) {
            withdraw(event.matchId());
        }
    }

    @SagaEventHandler(associationProperty = "matchId")
    void on(MatchEstablished event) {
        closeCurrentProposal(event.matchId());
        commands.sendAndWait(new EndSearch(searcher(), searchId(), MatchSearchEnded.Outcome.MATCHED, event.matchId()));
    }

    @SagaEventHandler(associationProperty = "matchId")
    void on(MatchDeclined event, TrackingToken token) {
        pool.awaitReached(token);
        closeCurrentProposal(event.matchId());
        proposeNext();
    }

    @SagaEventHandler(associationProperty = "matchId")
    void on(MatchExpired event, TrackingToken token) {
        pool.awaitReached(token);
        closeCurrentProposal(event.matchId());
        proposeNext();
    }

    @SagaEventHandler(associationProperty = "matchId")
    void on(MatchCancelled event, TrackingToken token) {
        pool.awaitReached(token);
        closeCurrentProposal(event.matchId());
        proposeNext();
    }

    @SagaEventHandler(associationProperty = "userId")
    void on(MatchingPreferencesChanged event) {
        if (!event.preferences().enabled()) {
            cancelSearch();
        }
    }

    @SagaEventHandler(associationProperty = "userId")
    void on(UserForgotten event) {
        cancelSearch();
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "searchId")
    void on(MatchSearchEnded event) {
        if (current != null) {
            MatchId open = current;
            closeCurrentProposal(open);
            withdraw(open);
        }
    }

    @DeadlineHandler(deadlineName = AnswerDeadline.NAME)
    void answerDue(MatchId matchId) {
        if (matchId.equals(current)) {
            deadlineId = null;
            commands.sendAndWait(new ExpireMatch(matchId));
        }
    }

    private void proposeNext() {
        Optional<ProposeMatch> made = proposals.next(searcher(), searchId(), tried);
        if (made.isEmpty()) {
            commands.sendAndWait(new EndSearch(searcher(), searchId(), MatchSearchEnded.Outcome.EXHAUSTED, null));
            return;
        }
        ProposeMatch proposal = made.get();
        tried.add(proposal.proposedTo());
        MatchId matchId = proposal.matchId();
        current = matchId;
        SagaLifecycle.associateWith("matchId", matchId.toString());
        deadlineId = AnswerDeadline.schedule(deadlines, proposal.expiresAt(), matchId);
    }

    private void closeCurrentProposal(MatchId matchId) {
        SagaLifecycle.removeAssociationWith("matchId", matchId.toString());
        AnswerDeadline.cancel(deadlines, deadlineId);
        deadlineId = null;
        current = null;
    }

    private void withdraw(MatchId matchId) {
        OpenMatches.cancel(commands, new CancelMatch(matchId, searcher(), MatchCancelled.Reason.SEARCH_CANCELLED));
    }

    private void cancelSearch() {
        commands.sendAndWait(new EndSearch(searcher(), searchId(), MatchSearchEnded.Outcome.CANCELLED, null));
    }

    private UserId searcher() {
        return Objects.requireNonNull(searcher);
    }

    private SearchId searchId() {
        return Objects.requireNonNull(searchId);
    }
}
