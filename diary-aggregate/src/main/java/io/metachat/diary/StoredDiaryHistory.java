package io.metachat.diary;

import io.metachat.axon.eventstoredb.engine.EventStoreDbEventStorageEngine;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.event.DiaryEvent;
import org.springframework.stereotype.Component;

/** Reads single events of a diary from the event store. */
@Component
class StoredDiaryHistory implements DiaryHistory {

    private final EventStoreDbEventStorageEngine events;

    StoredDiaryHistory(EventStoreDbEventStorageEngine events) {
        this.events = events;
    }

    @Override
    public DiaryEvent at(UserId userId, long sequence) {
        return (DiaryEvent) events.readEvent(userId.diary().stream(), sequence)
                .orElseThrow(() -> new IllegalStateException("Diary " + userId + " has no event " + sequence))
                .getPayload();
    }
}
