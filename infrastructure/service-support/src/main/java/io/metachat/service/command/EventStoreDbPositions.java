package io.metachat.service.command;

import io.metachat.axon.eventstoredb.engine.AppendedPosition;
import io.metachat.axon.eventstoredb.engine.EventStoreDbEventStore;
import java.util.OptionalLong;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** Positions in EventStoreDB: the exact one of each append. */
final class EventStoreDbPositions implements CommitPositions {

    private final EventStoreDbEventStore eventStore;

    EventStoreDbPositions(EventStoreDbEventStore eventStore) {
        this.eventStore = eventStore;
    }

    @Override
    public OptionalLong appendedBy(UnitOfWork<?> unitOfWork) {
        return AppendedPosition.of(unitOfWork);
    }

    @Override
    public long head() {
        return eventStore.headPosition().orElse(0);
    }
}
