package io.metachat.matching.search;

import io.metachat.domain.MatchId;
import io.metachat.domain.match.ExpireMatch;
import io.metachat.domain.match.event.MatchCancelled;
import io.metachat.domain.match.event.MatchDeclined;
import io.metachat.domain.match.event.MatchEstablished;
import io.metachat.domain.match.event.MatchExpired;
import io.metachat.domain.match.event.MatchProposed;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.modelling.saga.EndSaga;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.spring.stereotype.Saga;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Lets a direct request expire when nobody answers it in time. {@link MatchingSaga} does so for the proposals of a
 * search.
 *
 * <p>The class name and the field names are stored.
 */
@Saga
@ProcessingGroup(MatchingSaga.PROCESSOR)
public class DirectProposalSaga {

    @Autowired
    private transient CommandGateway commands;

    @Autowired
    private transient DeadlineManager deadlines;

    private @Nullable String deadlineId;

    @StartSaga
    @SagaEventHandler(associationProperty = "matchId")
    void on(MatchProposed event) {
        if (event.searchId() != null) {
            SagaLifecycle.end();
            return;
        }
        deadlineId = AnswerDeadline.schedule(deadlines, event.expiresAt(), event.matchId());
    }

    @DeadlineHandler(deadlineName = AnswerDeadline.NAME)
    void answerDue(MatchId matchId) {
        deadlineId = null;
        commands.sendAndWait(new ExpireMatch(matchId));
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "matchId")
    void on(MatchEstablished event) {
        stopWaiting();
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "matchId")
    void on(MatchDeclined event) {
        stopWaiting();
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "matchId")
    void on(MatchCancelled event) {
        stopWaiting();
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "matchId")
    void on(MatchExpired event) {
        stopWaiting();
    }

    private void stopWaiting() {
        AnswerDeadline.cancel(deadlines, deadlineId);
        deadlineId = null;
    }
}
