package io.metachat.diary;

import io.metachat.domain.UserId;
import io.metachat.domain.diary.DiaryEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/** Reads single events of a diary from the event store. */
@Component
class StoredDiaryHistory implements DiaryHistory {

    private final EventStore eventStore;

    StoredDiaryHistory(EventStore eventStore) {
        this.eventStore = eventStore;
    }

    @Override
    public DiaryEvent at(UserId userId, long sequence) {
        DomainEventStream events = eventStore.readEvents(userId.diary().stream(), sequence);
        if (!events.hasNext()) {
            throw missing(userId, sequence);
        }
        DomainEventMessage<?> event = events.next();
        if (event.getSequenceNumber() != sequence) {
            throw missing(userId, sequence);
        }
        return (DiaryEvent) event.getPayload();
    }

    private static IllegalStateException missing(UserId userId, long sequence) {
        return new IllegalStateException("Diary " + userId + " has no event " + sequence);
    }
}
