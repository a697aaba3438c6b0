package io.metachat.domain.diary.event;

import io.metachat.domain.DomainEvent;
import io.metachat.domain.UserId;

/** A fact of a user's diary. */
public sealed interface DiaryEvent extends DomainEvent
        permits DiaryOpened,
                EntryWritten,
                EntryEdited,
                EntryDeleted,
                SessionStarted,
                SessionEnded,
                EntryAnalysed,
                MoodProfileShifted {

    UserId userId();
}
