package io.metachat.service.command;

import java.util.OptionalLong;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** Positions of any event store: after a commit, its head includes the commit. */
final class HeadPositions implements CommitPositions {

    private final EventStore eventStore;

    HeadPositions(EventStore eventStore) {
        this.eventStore = eventStore;
    }

    @Override
    public OptionalLong appendedBy(UnitOfWork<?> unitOfWork) {
        return OptionalLong.empty();
    }

    @Override
    public long head() {
        TrackingToken head = eventStore.createHeadToken();
        return head == null ? 0 : head.position().orElse(0);
    }
}
