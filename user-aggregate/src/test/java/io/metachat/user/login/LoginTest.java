package io.metachat.user.login;

import io.metachat.domain.LoginId;
import io.metachat.domain.UserId;
import io.metachat.domain.axon.DomainCommandTargetResolver;
import io.metachat.domain.login.EndLogin;
import io.metachat.domain.login.LoginEnded;
import io.metachat.domain.login.LoginStarted;
import io.metachat.domain.login.RefreshTokenRotated;
import io.metachat.domain.login.RotateRefreshToken;
import io.metachat.domain.login.StartLogin;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginTest {

    private static final Instant NOW = Instant.parse("2026-03-01T20:15:30.123Z");
    private static final Instant LATER = NOW.plus(Duration.ofDays(30));
    private static final LoginId LOGIN = new LoginId(UUID.randomUUID());
    private static final UserId ANNA = new UserId(UUID.randomUUID());

    private final FixtureConfiguration<Login> login = new AggregateTestFixture<>(Login.class);

    @BeforeEach
    void wire() {
        login.registerCommandTargetResolver(new DomainCommandTargetResolver());
        login.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void shouldStartOnce() {
        StartLogin start = new StartLogin(LOGIN, ANNA, "first", LATER);
        login.givenNoPriorActivity().when(start).expectEvents(started(NOW));
        login.given(started(NOW)).when(start).expectNoEvents();
    }

    @Test
    void shouldExchangeTheValidToken() {
        login.given(started(NOW))
                .when(rotate("first", "second"))
                .expectEvents(rotated("second"))
                .expectResultMessagePayload(RotationOutcome.rotated(ANNA, LATER));
    }

    @Test
    void shouldExchangeTheSuccessor() {
        login.given(started(NOW), rotated("second"))
                .when(rotate("second", "third"))
                .expectEvents(rotated("third"));
    }

    @Test
    void shouldEndTheWholeLoginWhenATokenComesAgain() {
        login.given(started(NOW), rotated("second"), rotated("third"))
                .when(rotate("first", "fourth"))
                .expectEvents(ended(LoginEnded.Reason.TOKEN_REUSED))
                .expectResultMessagePayload(RotationOutcome.refused());
    }

    @Test
    void shouldAnswerTheSameExchangeAgainUntilItsSuccessorIsUsed() {
        login.given(started(NOW), rotated("second"))
                .when(rotate("first", "second"))
                .expectNoEvents()
                .expectResultMessagePayload(RotationOutcome.rotated(ANNA, LATER));
        login.given(started(NOW), rotated("second"), rotated("third"))
                .when(rotate("first", "second"))
                .expectEvents(ended(LoginEnded.Reason.TOKEN_REUSED));
    }

    @Test
    void shouldNotEndALoginByATokenThatIsNoneOfIt() {
        refused(login.given(started(NOW)).when(rotate("guessed", "second")));
    }

    @Test
    void shouldRefuseATokenThatHasRunOut() {
        refused(login.given(started(NOW.minus(Duration.ofDays(30)))).when(rotate("first", "second")));
    }

    @Test
    void shouldRefuseEveryTokenOfAnEndedLogin() {
        refused(login.given(started(NOW), ended(LoginEnded.Reason.LOGGED_OUT)).when(rotate("first", "second")));
    }

    @Test
    void shouldNotLastLongerThanNinetyDays() {
        Instant begun = NOW.minus(Duration.ofDays(70));
        Instant longest = begun.plus(Login.LONGEST);
        login.given(
                        started(begun),
                        new RefreshTokenRotated(LOGIN, ANNA, "second", NOW.minusSeconds(1), NOW.plusSeconds(60)))
                .when(rotate("second", "third"))
                .expectEvents(new RefreshTokenRotated(LOGIN, ANNA, "third", NOW, longest))
                .expectResultMessagePayload(RotationOutcome.rotated(ANNA, longest));
    }

    @Test
    void shouldEndOnce() {
        EndLogin end = new EndLogin(LOGIN, LoginEnded.Reason.PASSWORD_CHANGED);
        login.given(started(NOW)).when(end).expectEvents(ended(LoginEnded.Reason.PASSWORD_CHANGED));
        login.given(started(NOW), ended(LoginEnded.Reason.LOGGED_OUT)).when(end).expectNoEvents();
    }

    @Test
    void shouldKnowNoLoginThatNeverStarted() {
        login.givenNoPriorActivity()
                .when(rotate("first", "second"))
                .expectNoEvents()
                .expectException(AggregateNotFoundException.class);
    }

    private static RotateRefreshToken rotate(String presented, String next) {
        return new RotateRefreshToken(LOGIN, presented, next, LATER);
    }

    private static LoginStarted started(Instant at) {
        return new LoginStarted(LOGIN, ANNA, "first", at, at.plus(Duration.ofDays(30)));
    }

    private static RefreshTokenRotated rotated(String hash) {
        return new RefreshTokenRotated(LOGIN, ANNA, hash, NOW, LATER);
    }

    private static LoginEnded ended(LoginEnded.Reason reason) {
        return new LoginEnded(LOGIN, ANNA, reason, NOW);
    }

    private static void refused(ResultValidator<Login> result) {
        result.expectNoEvents().expectResultMessagePayload(RotationOutcome.refused());
    }
}
