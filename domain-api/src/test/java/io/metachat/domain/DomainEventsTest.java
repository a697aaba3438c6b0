package io.metachat.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.domain.diary.event.DiaryEvent;
import io.metachat.domain.login.LoginEvent;
import io.metachat.domain.match.event.MatchEvent;
import io.metachat.domain.registry.DomainEvents;
import io.metachat.domain.registry.EventType;
import io.metachat.domain.request.RequestEvent;
import io.metachat.domain.reservation.ReservationEvent;
import io.metachat.domain.search.SearchEvent;
import io.metachat.domain.user.event.UserEvent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DomainEventsTest {

    @Test
    void shouldKnowEveryEventThatTheDomainPermits() {
        Set<Class<?>> permitted = Stream.of(
                        UserEvent.class,
                        LoginEvent.class,
                        ReservationEvent.class,
                        DiaryEvent.class,
                        MatchEvent.class,
                        SearchEvent.class,
                        RequestEvent.class)
                .flatMap(kind -> Arrays.stream(kind.getPermittedSubclasses()))
                .collect(Collectors.toSet());

        assertThat(DomainEvents.ALL.stream().<Class<?>>map(EventType::payload))
                .containsExactlyInAnyOrderElementsOf(permitted);
    }

    @Test
    void shouldGiveEachEventANameOfItsOwn() {
        assertThat(DomainEvents.ALL)
                .extracting(EventType::name)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).matches("metachat\\.[a-z]+\\.[A-Z][A-Za-z]+"));
    }

    /** Names are stored for ever; these lie in stores already. */
    @Test
    void shouldKeepTheNamesThatAreStored() {
        assertThat(DomainEvents.ALL)
                .extracting(EventType::stored)
                .contains(
                        "metachat.request.RequestAnswered.v1",
                        "metachat.user.UserRegistered.v1",
                        "metachat.user.ProfileUpdated.v1",
                        "metachat.user.PasswordChanged.v1",
                        "metachat.user.ArchetypeAssigned.v1",
                        "metachat.user.ModalitiesUpdated.v1",
                        "metachat.user.MatchingPreferencesChanged.v1",
                        "metachat.user.UserBlocked.v1",
                        "metachat.user.UserUnblocked.v1",
                        "metachat.user.UserForgotten.v1",
                        "metachat.login.LoginStarted.v1",
                        "metachat.login.RefreshTokenRotated.v1",
                        "metachat.login.LoginEnded.v1",
                        "metachat.reservation.NameReserved.v1",
                        "metachat.reservation.NameConfirmed.v1",
                        "metachat.reservation.NameReleased.v1",
                        "metachat.diary.DiaryOpened.v1",
                        "metachat.diary.EntryWritten.v1",
                        "metachat.diary.EntryEdited.v1",
                        "metachat.diary.EntryDeleted.v1",
                        "metachat.diary.SessionStarted.v1",
                        "metachat.diary.SessionEnded.v1",
                        "metachat.diary.EntryAnalysed.v1",
                        "metachat.diary.MoodProfileShifted.v1",
                        "metachat.match.MatchProposed.v1",
                        "metachat.match.MatchAccepted.v1",
                        "metachat.match.MatchEstablished.v1",
                        "metachat.match.MatchDeclined.v1",
                        "metachat.match.MatchCancelled.v1",
                        "metachat.match.MatchExpired.v1",
                        "metachat.match.MatchSearchStarted.v1",
                        "metachat.match.MatchSearchEnded.v1",
                        "metachat.request.RequestClaimed.v1");
    }
}
