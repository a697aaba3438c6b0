package io.metachat.diary;

import static io.metachat.diary.DiaryFixture.ANNA;
import static io.metachat.diary.DiaryFixture.OTHER_SESSION;
import static io.metachat.diary.DiaryFixture.SESSION;
import static io.metachat.diary.DiaryFixture.diary;
import static io.metachat.diary.DiaryFixture.ended;
import static io.metachat.diary.DiaryFixture.key;
import static io.metachat.diary.DiaryFixture.keyed;
import static io.metachat.diary.DiaryFixture.opened;
import static io.metachat.diary.DiaryFixture.refused;
import static io.metachat.diary.DiaryFixture.started;

import io.metachat.diary.session.Session;
import io.metachat.domain.SessionId;
import io.metachat.domain.diary.EndSession;
import io.metachat.domain.diary.StartSession;
import io.metachat.domain.refusal.DomainError;
import java.util.List;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class DiarySessionTest {

    private final FixtureConfiguration<Diary> diary = diary();

    private static StartSession start(SessionId session) {
        return new StartSession(ANNA, session, "Morning pages");
    }

    private static EndSession end(SessionId session) {
        return new EndSession(ANNA, session);
    }

    @Test
    void shouldOpenTheDiaryWithItsFirstSession() {
        diary.givenNoPriorActivity()
                .when(start(SESSION))
                .expectEvents(opened(), started())
                .expectResultMessagePayload(Session.of(started()));
    }

    @Test
    void shouldRefuseASecondOpenSession() {
        refused(diary.given(opened(), started()).when(start(OTHER_SESSION)), DomainError.SESSION_ALREADY_OPEN);
    }

    @Test
    void shouldStartAnotherSessionOnceTheFirstHasEnded() {
        diary.given(opened(), started(), ended()).when(start(OTHER_SESSION)).expectSuccessfulHandlerExecution();
    }

    @Test
    void shouldNotReviveAnEndedSession() {
        diary.given(opened(), started(), ended())
                .when(start(SESSION))
                .expectNoEvents()
                .expectResultMessagePayload(Session.of(started()));
    }

    @Test
    void shouldEndTheOpenSession() {
        diary.given(opened(), started())
                .when(end(SESSION))
                .expectEvents(ended())
                .expectResultMessagePayload(Session.of(started()).ended(ended()));
    }

    @Test
    void shouldRefuseToEndASessionTwice() {
        refused(diary.given(opened(), started(), ended()).when(end(SESSION)), DomainError.SESSION_ENDED);
    }

    @Test
    void shouldRefuseToEndASessionThatNeverWas() {
        refused(diary.given(opened(), started()).when(end(OTHER_SESSION)), DomainError.SESSION_NOT_FOUND);
    }

    @Test
    void shouldRefuseToEndASessionOfADiaryThatWasNeverOpened() {
        refused(diary.givenNoPriorActivity().when(end(SESSION)), DomainError.SESSION_NOT_FOUND);
    }

    @Test
    void shouldAnswerTheSameKeysAgain() {
        diary.given(opened())
                .andGivenCommands(List.of(keyed(start(SESSION), "k-1"), keyed(end(SESSION), "k-2")))
                .when(start(SESSION), key("k-1", "f-1"))
                .expectNoEvents()
                .expectResultMessagePayload(Session.of(started()));
    }

    @Test
    void shouldAnswerTheSameKeyOfAnEndAgain() {
        diary.given(opened())
                .andGivenCommands(List.of(keyed(start(SESSION), "k-1"), keyed(end(SESSION), "k-2")))
                .when(end(SESSION), key("k-2", "f-1"))
                .expectNoEvents()
                .expectResultMessagePayload(Session.of(started()).ended(ended()));
    }

    @Test
    void shouldRefuseAKeyThatAnsweredAnotherCommand() {
        refused(
                diary.given(opened())
                        .andGivenCommands(List.of(keyed(start(SESSION), "k-1")))
                        .when(end(SESSION), key("k-1", "f-2")),
                DomainError.IDEMPOTENCY_KEY_REUSED);
    }
}
