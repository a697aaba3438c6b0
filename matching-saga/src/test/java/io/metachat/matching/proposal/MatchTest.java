package io.metachat.matching.proposal;

import static io.metachat.matching.People.ADA;
import static io.metachat.matching.People.BEN;
import static io.metachat.matching.People.CLEO;
import static io.metachat.matching.People.CLOCK;
import static io.metachat.matching.People.NOW;
import static io.metachat.matching.People.SCORE;
import static org.axonframework.test.matchers.Matchers.matches;

import io.metachat.domain.MatchId;
import io.metachat.domain.SearchId;
import io.metachat.domain.UserId;
import io.metachat.domain.UserPair;
import io.metachat.domain.axon.DomainCommandTargetResolver;
import io.metachat.domain.match.AcceptMatch;
import io.metachat.domain.match.CancelMatch;
import io.metachat.domain.match.DeclineMatch;
import io.metachat.domain.match.ExpireMatch;
import io.metachat.domain.match.ProposeMatch;
import io.metachat.domain.match.RepeatProposal;
import io.metachat.domain.match.event.MatchAccepted;
import io.metachat.domain.match.event.MatchCancelled;
import io.metachat.domain.match.event.MatchDeclined;
import io.metachat.domain.match.event.MatchEstablished;
import io.metachat.domain.match.event.MatchEvent;
import io.metachat.domain.match.event.MatchExpired;
import io.metachat.domain.match.event.MatchProposed;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.service.call.MetadataKeys;
import io.metachat.service.correlation.MessageCorrelation;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MatchTest {

    private static final UserPair PAIR = new UserPair(ADA, BEN);
    private static final MatchId ID = MatchId.of(PAIR, 1);
    private static final SearchId SEARCH = new SearchId(new UUID(9, 9));
    private static final Instant EXPIRES = NOW.plus(Duration.ofHours(72));

    private static final MatchProposed BY_ADA = new MatchProposed(ID, PAIR, ADA, 1, SCORE, null, NOW, EXPIRES);
    private static final MatchProposed BY_SEARCH = new MatchProposed(ID, PAIR, ADA, 1, SCORE, SEARCH, NOW, EXPIRES);
    private static final MatchAccepted ADA_ACCEPTED = new MatchAccepted(ID, PAIR, ADA, NOW);
    private static final MatchAccepted BEN_ACCEPTED = new MatchAccepted(ID, PAIR, BEN, NOW);
    private static final MatchEstablished ESTABLISHED = new MatchEstablished(ID, PAIR, NOW);

    private static final MetaData KEY =
            MetaData.with(MetadataKeys.IDEMPOTENCY_KEY, "key").and(MetadataKeys.IDEMPOTENCY_FINGERPRINT, "fingerprint");

    private AggregateTestFixture<Match> fixture;

    @BeforeEach
    void setUp() {
        fixture = new AggregateTestFixture<>(Match.class);
        fixture.registerInjectableResource(CLOCK);
        fixture.registerCommandTargetResolver(new DomainCommandTargetResolver());
        fixture.registerCommandHandlerInterceptor(
                new CorrelationDataInterceptor<>(new MessageCorrelation("matching-service")));
    }

    @Test
    void shouldCountADirectRequestAsTheAskersAcceptance() {
        fixture.givenNoPriorActivity().when(direct(ADA, BEN)).expectEvents(BY_ADA, ADA_ACCEPTED);
    }

    @Test
    void shouldWaitForBothSidesOfASearchsProposal() {
        fixture.givenNoPriorActivity()
                .when(new ProposeMatch(ADA, BEN, 1, SCORE, SEARCH, EXPIRES))
                .expectEvents(BY_SEARCH);
    }

    @Test
    void shouldEstablishWhenTheSecondSideAccepts() {
        fixture.given(BY_ADA, ADA_ACCEPTED).when(new AcceptMatch(ID, BEN)).expectEvents(BEN_ACCEPTED, ESTABLISHED);
    }

    @Test
    void shouldNotEstablishWhenOnlyOneSideOfASearchsProposalAccepts() {
        fixture.given(BY_SEARCH).when(new AcceptMatch(ID, BEN)).expectEvents(BEN_ACCEPTED);
    }

    @Test
    void shouldLetProposalsInOppositeDirectionsMeet() {
        fixture.given(BY_ADA, ADA_ACCEPTED).when(direct(BEN, ADA)).expectEvents(BEN_ACCEPTED, ESTABLISHED);
    }

    @Test
    void shouldAnswerAKnownKeyHoweverTheMatchWentOn() {
        fixture.given(keyed(BY_ADA), keyed(ADA_ACCEPTED), BEN_ACCEPTED, ESTABLISHED)
                .when(direct(ADA, BEN), KEY)
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void shouldRepeatTheAnswerToAKnownKeyOnly() {
        fixture.given(keyed(BY_ADA), keyed(ADA_ACCEPTED), new MatchExpired(ID, PAIR, NOW))
                .when(new RepeatProposal(ID, ADA), KEY)
                .expectNoEvents()
                .expectResultMessageMatching(
                        matches(result -> ((MatchSnapshot) result.getPayload()).state() == MatchState.EXPIRED));
        setUp();
        fixture.given(BY_ADA, ADA_ACCEPTED)
                .when(new RepeatProposal(ID, ADA), KEY)
                .expectNoEvents()
                .expectResultMessageMatching(matches(result -> result.getPayload() == null));
    }

    @Test
    void shouldAnswerARepeatedProposalWithoutAnEvent() {
        fixture.given(BY_ADA, ADA_ACCEPTED)
                .when(direct(ADA, BEN))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void shouldAnswerARepeatedAcceptanceWithoutAnEvent() {
        fixture.given(BY_ADA, ADA_ACCEPTED, BEN_ACCEPTED, ESTABLISHED)
                .when(new AcceptMatch(ID, BEN))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void shouldRefuseToProposeTheMatchedAgain() {
        refuses(
                fixture.given(BY_ADA, ADA_ACCEPTED, BEN_ACCEPTED, ESTABLISHED).when(direct(BEN, ADA)),
                DomainError.ALREADY_MATCHED);
    }

    @Test
    void shouldRefuseToProposeInAFinishedRound() {
        refuses(
                fixture.given(BY_ADA, ADA_ACCEPTED, new MatchExpired(ID, PAIR, NOW))
                        .when(direct(BEN, ADA)),
                DomainError.MATCH_NOT_OPEN);
    }

    @Test
    void shouldHideAMatchFromStrangers() {
        refuses(fixture.given(BY_ADA, ADA_ACCEPTED).when(new AcceptMatch(ID, CLEO)), DomainError.MATCH_NOT_FOUND);
        refuses(fixture.given(BY_ADA, ADA_ACCEPTED).when(new DeclineMatch(ID, CLEO)), DomainError.MATCH_NOT_FOUND);
        refuses(
                fixture.given(BY_ADA, ADA_ACCEPTED).when(new CancelMatch(ID, CLEO, MatchCancelled.Reason.WITHDRAWN)),
                DomainError.MATCH_NOT_FOUND);
    }

    @Test
    void shouldDecline() {
        fixture.given(BY_ADA, ADA_ACCEPTED)
                .when(new DeclineMatch(ID, BEN))
                .expectEvents(new MatchDeclined(ID, PAIR, BEN, NOW));
    }

    @Test
    void shouldRefuseToAcceptADeclinedMatch() {
        refuses(
                fixture.given(BY_ADA, ADA_ACCEPTED, new MatchDeclined(ID, PAIR, BEN, NOW))
                        .when(new AcceptMatch(ID, BEN)),
                DomainError.MATCH_NOT_OPEN);
    }

    @Test
    void shouldRefuseToDeclineAnEstablishedMatch() {
        refuses(
                fixture.given(BY_ADA, ADA_ACCEPTED, BEN_ACCEPTED, ESTABLISHED).when(new DeclineMatch(ID, BEN)),
                DomainError.MATCH_NOT_OPEN);
    }

    @Test
    void shouldLetOnlyTheProposerWithdraw() {
        fixture.given(BY_ADA, ADA_ACCEPTED)
                .when(new CancelMatch(ID, ADA, MatchCancelled.Reason.WITHDRAWN))
                .expectEvents(new MatchCancelled(ID, PAIR, ADA, MatchCancelled.Reason.WITHDRAWN, NOW));
        refuses(
                fixture.given(BY_ADA, ADA_ACCEPTED).when(new CancelMatch(ID, BEN, MatchCancelled.Reason.WITHDRAWN)),
                DomainError.MATCH_NOT_FOUND);
    }

    @Test
    void shouldTakeAProposalBackWhenEitherSideLeaves() {
        fixture.given(BY_ADA, ADA_ACCEPTED)
                .when(new CancelMatch(ID, BEN, MatchCancelled.Reason.OPTED_OUT))
                .expectEvents(new MatchCancelled(ID, PAIR, BEN, MatchCancelled.Reason.OPTED_OUT, NOW));
    }

    @Test
    void shouldExpireOnlyWhileOpen() {
        fixture.given(BY_ADA, ADA_ACCEPTED).when(new ExpireMatch(ID)).expectEvents(new MatchExpired(ID, PAIR, NOW));
        fixture.given(BY_ADA, ADA_ACCEPTED, BEN_ACCEPTED, ESTABLISHED)
                .when(new ExpireMatch(ID))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    private static ProposeMatch direct(UserId from, UserId to) {
        return new ProposeMatch(from, to, 1, SCORE, null, EXPIRES);
    }

    private static void refuses(ResultValidator<Match> result, DomainError error) {
        result.expectNoEvents().expectException(DomainException.class).expectExceptionMessage(error.detail());
    }

    private static GenericEventMessage<MatchEvent> keyed(MatchEvent event) {
        return new GenericEventMessage<>(event, KEY);
    }
}
