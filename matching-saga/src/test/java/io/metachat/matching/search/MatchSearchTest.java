package io.metachat.matching.search;

import static io.metachat.matching.People.ADA;
import static io.metachat.matching.People.CLOCK;
import static io.metachat.matching.People.NOW;

import io.metachat.domain.SearchId;
import io.metachat.domain.axon.DomainCommandTargetResolver;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.search.EndSearch;
import io.metachat.domain.search.MatchSearchEnded;
import io.metachat.domain.search.MatchSearchEnded.Outcome;
import io.metachat.domain.search.MatchSearchStarted;
import io.metachat.domain.search.StartSearch;
import io.metachat.service.correlation.MessageCorrelation;
import java.util.UUID;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MatchSearchTest {

    private static final SearchId FIRST = new SearchId(new UUID(1, 1));
    private static final SearchId SECOND = new SearchId(new UUID(1, 2));
    private static final MatchSearchStarted STARTED = new MatchSearchStarted(ADA, FIRST, NOW);
    private static final MatchSearchEnded ENDED = new MatchSearchEnded(ADA, FIRST, Outcome.EXHAUSTED, null, NOW);

    private AggregateTestFixture<MatchSearch> fixture;

    @BeforeEach
    void setUp() {
        fixture = new AggregateTestFixture<>(MatchSearch.class);
        fixture.registerInjectableResource(CLOCK);
        fixture.registerCommandTargetResolver(new DomainCommandTargetResolver());
        fixture.registerCommandHandlerInterceptor(
                new CorrelationDataInterceptor<>(new MessageCorrelation("matching-service")));
    }

    @Test
    void shouldStart() {
        fixture.givenNoPriorActivity().when(new StartSearch(ADA, FIRST)).expectEvents(STARTED);
    }

    @Test
    void shouldRefuseASecondSearchWhileOneRuns() {
        fixture.given(STARTED)
                .when(new StartSearch(ADA, SECOND))
                .expectNoEvents()
                .expectException(DomainException.class)
                .expectExceptionMessage(DomainError.SEARCH_ALREADY_RUNNING.detail());
    }

    @Test
    void shouldAnswerARepeatedStartWithoutAnEvent() {
        fixture.given(STARTED)
                .when(new StartSearch(ADA, FIRST))
                .expectNoEvents()
                .expectResultMessagePayload(FIRST);
    }

    @Test
    void shouldStartAgainAfterTheEnd() {
        fixture.given(STARTED, ENDED)
                .when(new StartSearch(ADA, SECOND))
                .expectEvents(new MatchSearchStarted(ADA, SECOND, NOW));
    }

    @Test
    void shouldEndWhicheverRuns() {
        fixture.given(STARTED)
                .when(new EndSearch(ADA, null, Outcome.CANCELLED, null))
                .expectEvents(new MatchSearchEnded(ADA, FIRST, Outcome.CANCELLED, null, NOW));
    }

    @Test
    void shouldLeaveARunningSearchThatWasNotMeant() {
        fixture.given(STARTED)
                .when(new EndSearch(ADA, SECOND, Outcome.EXHAUSTED, null))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void shouldRefuseToEndWhereNoneRuns() {
        fixture.given(STARTED, ENDED)
                .when(new EndSearch(ADA, null, Outcome.CANCELLED, null))
                .expectNoEvents()
                .expectException(DomainException.class)
                .expectExceptionMessage(DomainError.SEARCH_NOT_FOUND.detail());
    }
}
