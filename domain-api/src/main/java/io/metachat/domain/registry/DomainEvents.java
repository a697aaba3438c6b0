package io.metachat.domain.registry;

import io.metachat.domain.diary.event.DiaryOpened;
import io.metachat.domain.diary.event.EntryAnalysed;
import io.metachat.domain.diary.event.EntryDeleted;
import io.metachat.domain.diary.event.EntryEdited;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.diary.event.MoodProfileShifted;
import io.metachat.domain.diary.event.SessionEnded;
import io.metachat.domain.diary.event.SessionStarted;
import io.metachat.domain.login.LoginEnded;
import io.metachat.domain.login.LoginStarted;
import io.metachat.domain.login.RefreshTokenRotated;
import io.metachat.domain.match.event.MatchAccepted;
import io.metachat.domain.match.event.MatchCancelled;
import io.metachat.domain.match.event.MatchDeclined;
import io.metachat.domain.match.event.MatchEstablished;
import io.metachat.domain.match.event.MatchExpired;
import io.metachat.domain.match.event.MatchProposed;
import io.metachat.domain.request.RequestAnswered;
import io.metachat.domain.request.RequestClaimed;
import io.metachat.domain.reservation.NameConfirmed;
import io.metachat.domain.reservation.NameReleased;
import io.metachat.domain.reservation.NameReserved;
import io.metachat.domain.search.MatchSearchEnded;
import io.metachat.domain.search.MatchSearchStarted;
import io.metachat.domain.user.event.ArchetypeAssigned;
import io.metachat.domain.user.event.MatchingPreferencesChanged;
import io.metachat.domain.user.event.ModalitiesUpdated;
import io.metachat.domain.user.event.PasswordChanged;
import io.metachat.domain.user.event.ProfileUpdated;
import io.metachat.domain.user.event.UserBlocked;
import io.metachat.domain.user.event.UserForgotten;
import io.metachat.domain.user.event.UserRegistered;
import io.metachat.domain.user.event.UserUnblocked;
import java.util.List;

/**
 * Every event that MetaChat stores, with its logical name and its current revision: the one place where names and
 * classes meet. A name stands for ever; classes may move.
 */
public final class DomainEvents {

    public static final List<EventType> ALL = List.of(
            new EventType("metachat.user.UserRegistered", 1, UserRegistered.class),
            new EventType("metachat.user.ProfileUpdated", 1, ProfileUpdated.class),
            new EventType("metachat.user.PasswordChanged", 1, PasswordChanged.class),
            new EventType("metachat.user.ArchetypeAssigned", 1, ArchetypeAssigned.class),
            new EventType("metachat.user.ModalitiesUpdated", 1, ModalitiesUpdated.class),
            new EventType("metachat.user.MatchingPreferencesChanged", 1, MatchingPreferencesChanged.class),
            new EventType("metachat.user.UserBlocked", 1, UserBlocked.class),
            new EventType("metachat.user.UserUnblocked", 1, UserUnblocked.class),
            new EventType("metachat.user.UserForgotten", 1, UserForgotten.class),
            new EventType("metachat.login.LoginStarted", 1, LoginStarted.class),
            new EventType("metachat.login.RefreshTokenRotated", 1, RefreshTokenRotated.class),
            new EventType("metachat.login.LoginEnded", 1, LoginEnded.class),
            new EventType("metachat.reservation.NameReserved", 1, NameReserved.class),
            new EventType("metachat.reservation.NameConfirmed", 1, NameConfirmed.class),
            new EventType("metachat.reservation.NameReleased", 1, NameReleased.class),
            new EventType("metachat.diary.DiaryOpened", 1, DiaryOpened.class),
            new EventType("metachat.diary.EntryWritten", 1, EntryWritten.class),
            new EventType("metachat.diary.EntryEdited", 1, EntryEdited.class),
            new EventType("metachat.diary.EntryDeleted", 1, EntryDeleted.class),
            new EventType("metachat.diary.SessionStarted", 1, SessionStarted.class),
            new EventType("metachat.diary.SessionEnded", 1, SessionEnded.class),
            new EventType("metachat.diary.EntryAnalysed", 1, EntryAnalysed.class),
            new EventType("metachat.diary.MoodProfileShifted", 1, MoodProfileShifted.class),
            new EventType("metachat.match.MatchProposed", 1, MatchProposed.class),
            new EventType("metachat.match.MatchAccepted", 1, MatchAccepted.class),
            new EventType("metachat.match.MatchEstablished", 1, MatchEstablished.class),
            new EventType("metachat.match.MatchDeclined", 1, MatchDeclined.class),
            new EventType("metachat.match.MatchCancelled", 1, MatchCancelled.class),
            new EventType("metachat.match.MatchExpired", 1, MatchExpired.class),
            new EventType("metachat.match.MatchSearchStarted", 1, MatchSearchStarted.class),
            new EventType("metachat.match.MatchSearchEnded", 1, MatchSearchEnded.class),
            new EventType("metachat.request.RequestClaimed", 1, RequestClaimed.class),
            new EventType("metachat.request.RequestAnswered", 1, RequestAnswered.class));

    private DomainEvents() {}
}
