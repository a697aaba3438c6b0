package io.metachat.matching.search;

import static io.metachat.matching.People.ADA;
import static io.metachat.matching.People.BEN;
import static io.metachat.matching.People.CLEO;
import static io.metachat.matching.People.GLOOMY;
import static io.metachat.matching.People.JOYFUL;
import static io.metachat.matching.People.NOW;
import static io.metachat.matching.People.SCORE;
import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.domain.MatchId;
import io.metachat.domain.SearchId;
import io.metachat.domain.UserId;
import io.metachat.domain.UserPair;
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
import io.metachat.domain.search.MatchSearchEnded.Outcome;
import io.metachat.domain.search.MatchSearchStarted;
import io.metachat.domain.user.MatchingPreferences;
import io.metachat.domain.user.event.MatchingPreferencesChanged;
import io.metachat.matching.candidate.CandidateEvents;
import io.metachat.matching.candidate.CandidatePool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.test.matchers.Matchers;
import org.axonframework.test.saga.SagaTestFixture;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MatchingSagaTest {

    private static final SearchId SEARCH = new SearchId(new UUID(5, 5));
    private static final Duration ANSWER_WITHIN = Duration.ofHours(72);
    private static final UserPair WITH_BEN = new UserPair(ADA, BEN);
    private static final UserPair WITH_CLEO = new UserPair(ADA, CLEO);
    private static final MatchId BEN_MATCH = MatchId.of(WITH_BEN, 1);
    private static final MatchId CLEO_MATCH = MatchId.of(WITH_CLEO, 1);
    private static final MatchSearchStarted STARTED = new MatchSearchStarted(ADA, SEARCH, NOW);

    private SagaTestFixture<MatchingSaga> fixture;
    private CandidatePool pool;
    private CandidateEvents people;

    @BeforeEach
    void setUp() {
        fixture = new SagaTestFixture<>(MatchingSaga.class);
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return fixture.currentTime();
            }
        };
        pool = new CandidatePool(5, clock);
        people = new CandidateEvents(pool);
        CommandGateway commands = DefaultCommandGateway.builder()
                .commandBus(fixture.getCommandBus())
                .build();
        fixture.registerResource(new Proposals(pool, commands, clock, ANSWER_WITHIN));
        fixture.registerResource((PoolCatchUp) token -> assertThat(token).isNotNull());
        fixture.registerResource(commands);
        people.joined(ADA, JOYFUL, 0.6);
    }

    @Test
    void shouldProposeTheBestCandidateAndWait() {
        people.joined(CLEO, GLOOMY, -0.2);
        people.joined(BEN, JOYFUL, 0.6);

        fixture.givenCurrentTime(NOW)
                .whenPublishingA(STARTED)
                .expectActiveSagas(1)
                .expectAssociationWith("matchId", BEN_MATCH.toString())
                .expectDispatchedCommandsMatching(proposes(BEN))
                .expectScheduledDeadlineWithName(ANSWER_WITHIN, AnswerDeadline.NAME);
    }

    @Test
    void shouldEndExhaustedWhenNobodySuits() {
        fixture.givenNoPriorActivity()
                .whenPublishingA(STARTED)
                .expectDispatchedCommands(new EndSearch(ADA, SEARCH, Outcome.EXHAUSTED, null));
    }

    @Test
    void shouldGoOnToTheNextCandidateWhenOneDeclines() {
        people.joined(BEN, JOYFUL, 0.6);
        people.joined(CLEO, GLOOMY, -0.2);

        fixture.givenAPublished(STARTED)
                .whenPublishingA(new MatchDeclined(BEN_MATCH, WITH_BEN, BEN, NOW))
                .expectActiveSagas(1)
                .expectNoAssociationWith("matchId", BEN_MATCH.toString())
                .expectAssociationWith("matchId", CLEO_MATCH.toString())
                .expectDispatchedCommandsMatching(proposes(CLEO));
    }

    @Test
    void shouldGoOnWhenAProposalRunsOut() {
        people.joined(BEN, JOYFUL, 0.6);

        fixture.givenAPublished(STARTED)
                .whenPublishingA(new MatchExpired(BEN_MATCH, WITH_BEN, NOW))
                .expectNoScheduledDeadlines()
                .expectDispatchedCommands(new EndSearch(ADA, SEARCH, Outcome.EXHAUSTED, null));
    }

    @Test
    void shouldLetTheProposalRunOutAtTheDeadline() {
        people.joined(BEN, JOYFUL, 0.6);

        fixture.givenAPublished(STARTED)
                .whenTimeElapses(ANSWER_WITHIN)
                .expectDispatchedCommands(new ExpireMatch(BEN_MATCH));
    }

    @Test
    void shouldEndMatchedWhenBothAccept() {
        people.joined(BEN, JOYFUL, 0.6);

        fixture.givenAPublished(STARTED)
                .whenPublishingA(new MatchEstablished(BEN_MATCH, WITH_BEN, NOW))
                .expectNoScheduledDeadlines()
                .expectDispatchedCommands(new EndSearch(ADA, SEARCH, Outcome.MATCHED, BEN_MATCH));
    }

    @Test
    void shouldTakeTheOpenProposalBackWhenTheSearchIsCancelled() {
        people.joined(BEN, JOYFUL, 0.6);

        fixture.givenAPublished(STARTED)
                .whenPublishingA(new MatchSearchEnded(ADA, SEARCH, Outcome.CANCELLED, null, NOW))
                .expectActiveSagas(0)
                .expectNoScheduledDeadlines()
                .expectDispatchedCommands(new CancelMatch(BEN_MATCH, ADA, MatchCancelled.Reason.SEARCH_CANCELLED));
    }

    @Test
    void shouldEndWhenTheSearcherOptsOut() {
        people.joined(BEN, JOYFUL, 0.6);

        fixture.givenAPublished(STARTED)
                .whenPublishingA(new MatchingPreferencesChanged(ADA, MatchingPreferences.OPTED_OUT, NOW))
                .expectDispatchedCommands(new EndSearch(ADA, SEARCH, Outcome.CANCELLED, null));
    }

    @Test
    void shouldTakeBackAProposalThatAStepTakenTwiceMade() {
        people.joined(BEN, JOYFUL, 0.6);

        fixture.givenAPublished(STARTED)
                .whenPublishingA(
                        new MatchProposed(CLEO_MATCH, WITH_CLEO, ADA, 1, SCORE, SEARCH, NOW, NOW.plus(ANSWER_WITHIN)))
                .expectDispatchedCommands(new CancelMatch(CLEO_MATCH, ADA, MatchCancelled.Reason.SEARCH_CANCELLED));
    }

    private static Matcher<List<? super CommandMessage<?>>> proposes(UserId other) {
        return Matchers.matches(commands -> {
            Object last = commands.get(commands.size() - 1);
            return last instanceof CommandMessage<?> message
                    && message.getPayload() instanceof ProposeMatch proposal
                    && proposal.proposedTo().equals(other)
                    && SEARCH.equals(proposal.searchId());
        });
    }
}
