package io.metachat.domain.user.event;

import io.metachat.domain.DomainEvent;
import io.metachat.domain.UserId;

/** A fact about a user. */
public sealed interface UserEvent extends DomainEvent
        permits UserRegistered,
                ProfileUpdated,
                PasswordChanged,
                ArchetypeAssigned,
                ModalitiesUpdated,
                MatchingPreferencesChanged,
                UserBlocked,
                UserUnblocked,
                UserForgotten {

    UserId userId();
}
