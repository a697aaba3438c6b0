package io.metachat.matching.request;

import static io.metachat.matching.People.ADA;
import static io.metachat.matching.People.CLOCK;
import static io.metachat.matching.People.NOW;

import io.metachat.domain.RequestId;
import io.metachat.domain.axon.DomainCommandTargetResolver;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.request.ClaimRequest;
import io.metachat.domain.request.RequestClaimed;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestTest {

    private static final RequestId KEY = RequestId.of(ADA, "key");
    private static final RequestClaimed CLAIMED = new RequestClaimed(KEY, ADA, "one", NOW);

    private AggregateTestFixture<Request> fixture;

    @BeforeEach
    void setUp() {
        fixture = new AggregateTestFixture<>(Request.class);
        fixture.registerInjectableResource(CLOCK);
        fixture.registerCommandTargetResolver(new DomainCommandTargetResolver());
    }

    @Test
    void shouldStandForTheFirstRequest() {
        fixture.givenNoPriorActivity().when(new ClaimRequest(KEY, ADA, "one")).expectEvents(CLAIMED);
    }

    @Test
    void shouldLetTheSameRequestComeAgain() {
        fixture.given(CLAIMED)
                .when(new ClaimRequest(KEY, ADA, "one"))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void shouldRefuseAnotherRequest() {
        fixture.given(CLAIMED)
                .when(new ClaimRequest(KEY, ADA, "another"))
                .expectNoEvents()
                .expectException(DomainException.class)
                .expectExceptionMessage(DomainError.IDEMPOTENCY_KEY_REUSED.detail());
    }
}
