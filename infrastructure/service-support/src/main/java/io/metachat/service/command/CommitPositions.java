package io.metachat.service.command;

import java.util.OptionalLong;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** Positions in the event store. Implemented per event store; called from many threads. */
public interface CommitPositions {

    /** Returns the position of the last event that a committed unit of work appended; empty when it appended none. */
    OptionalLong appendedBy(UnitOfWork<?> unitOfWork);

    /** Returns the position of the last event in the store; 0 when there is none. Queries the store. */
    long head();
}
