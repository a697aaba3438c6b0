package io.metachat.user.registration;

import static org.hamcrest.Matchers.startsWith;

import io.metachat.domain.ReservationId;
import io.metachat.domain.UserId;
import io.metachat.domain.axon.DomainCommandTargetResolver;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.reservation.ConfirmName;
import io.metachat.domain.reservation.NameConfirmed;
import io.metachat.domain.reservation.NameReleased;
import io.metachat.domain.reservation.NameReserved;
import io.metachat.domain.reservation.ReleaseName;
import io.metachat.domain.reservation.ReserveName;
import io.metachat.domain.reservation.WithdrawName;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NameReservationTest {

    private static final Instant NOW = Instant.parse("2026-03-01T20:15:30.123Z");
    private static final ReservationId NAME = ReservationId.username("anna");
    private static final ReservationId ADDRESS = ReservationId.email("anna@example.org");
    private static final UserId ANNA = new UserId(UUID.randomUUID());
    private static final UserId BEN = new UserId(UUID.randomUUID());

    private final FixtureConfiguration<NameReservation> name = new AggregateTestFixture<>(NameReservation.class);

    @BeforeEach
    void wire() {
        name.registerCommandTargetResolver(new DomainCommandTargetResolver());
        name.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void shouldReserveAFreeName() {
        name.givenNoPriorActivity().when(new ReserveName(NAME, ANNA)).expectEvents(reserved(ANNA, NOW));
    }

    @Test
    void shouldRefuseANameThatSomebodyElseHasReserved() {
        refused(name.given(reserved(ANNA, NOW)).when(new ReserveName(NAME, BEN)), DomainError.USERNAME_TAKEN);
    }

    @Test
    void shouldSayOfAnAddressThatItIsTaken() {
        refused(
                name.given(new NameReserved(ADDRESS, ANNA, NOW, NOW.plusSeconds(600)))
                        .when(new ReserveName(ADDRESS, BEN)),
                DomainError.EMAIL_TAKEN);
    }

    @Test
    void shouldLetTheSameOwnerStartAnew() {
        name.given(reserved(ANNA, NOW.minusSeconds(300)))
                .when(new ReserveName(NAME, ANNA))
                .expectEvents(reserved(ANNA, NOW));
    }

    @Test
    void shouldGiveANameAwayWhoseReservationHasRunOut() {
        name.given(reserved(ANNA, NOW.minus(NameReservation.UNCONFIRMED)))
                .when(new ReserveName(NAME, BEN))
                .expectEvents(reserved(BEN, NOW));
    }

    @Test
    void shouldHoldANameUntilTheLastMoment() {
        refused(
                name.given(reserved(ANNA, NOW.minus(NameReservation.UNCONFIRMED).plusMillis(1)))
                        .when(new ReserveName(NAME, BEN)),
                DomainError.USERNAME_TAKEN);
    }

    @Test
    void shouldConfirmOnce() {
        name.given(reserved(ANNA, NOW)).when(new ConfirmName(NAME, ANNA)).expectEvents(confirmed());
        name.given(reserved(ANNA, NOW), confirmed())
                .when(new ConfirmName(NAME, ANNA))
                .expectNoEvents();
    }

    @Test
    void shouldConfirmANameThatHasRunOutButThatNobodyElseTook() {
        name.given(reserved(ANNA, NOW.minusSeconds(3_600)))
                .when(new ConfirmName(NAME, ANNA))
                .expectEvents(confirmed());
    }

    @Test
    void shouldNotConfirmANameThatSomebodyElseHolds() {
        refused(
                name.given(reserved(ANNA, NOW.minusSeconds(3_600)), reserved(BEN, NOW))
                        .when(new ConfirmName(NAME, ANNA)),
                DomainError.USERNAME_TAKEN);
        refused(name.givenNoPriorActivity().when(new ConfirmName(NAME, ANNA)), DomainError.USERNAME_TAKEN);
    }

    @Test
    void shouldHoldAConfirmedNameForEver() {
        refused(
                name.given(reserved(ANNA, NOW.minusSeconds(3_600)), confirmed()).when(new ReserveName(NAME, BEN)),
                DomainError.USERNAME_TAKEN);
    }

    @Test
    void shouldNotReserveAConfirmedNameAnewForItsOwner() {
        name.given(reserved(ANNA, NOW), confirmed())
                .when(new ReserveName(NAME, ANNA))
                .expectNoEvents();
    }

    @Test
    void shouldReleaseANameForItsOwnerOnly() {
        name.given(reserved(ANNA, NOW), confirmed())
                .when(new ReleaseName(NAME, ANNA))
                .expectEvents(new NameReleased(NAME, ANNA, NOW));
        name.given(reserved(ANNA, NOW), confirmed())
                .when(new ReleaseName(NAME, BEN))
                .expectNoEvents();
        name.givenNoPriorActivity()
                .when(new ReleaseName(NAME, ANNA))
                .expectNoEvents()
                .expectException(AggregateNotFoundException.class);
    }

    @Test
    void shouldWithdrawAnUnconfirmedNameForItsOwnerOnly() {
        name.given(reserved(ANNA, NOW))
                .when(new WithdrawName(NAME, ANNA))
                .expectEvents(new NameReleased(NAME, ANNA, NOW));
        name.given(reserved(ANNA, NOW)).when(new WithdrawName(NAME, BEN)).expectNoEvents();
        name.given(reserved(ANNA, NOW), confirmed())
                .when(new WithdrawName(NAME, ANNA))
                .expectNoEvents();
    }

    @Test
    void shouldGiveAReleasedNameToTheNext() {
        name.given(reserved(ANNA, NOW), confirmed(), new NameReleased(NAME, ANNA, NOW))
                .when(new ReserveName(NAME, BEN))
                .expectEvents(reserved(BEN, NOW));
    }

    private static NameReserved reserved(UserId owner, Instant at) {
        return new NameReserved(NAME, owner, at, at.plus(NameReservation.UNCONFIRMED));
    }

    private static NameConfirmed confirmed() {
        return new NameConfirmed(NAME, ANNA, NOW);
    }

    private static void refused(ResultValidator<NameReservation> result, DomainError error) {
        result.expectNoEvents()
                .expectException(DomainException.class)
                .expectExceptionMessage(startsWith(error.detail()));
    }
}
