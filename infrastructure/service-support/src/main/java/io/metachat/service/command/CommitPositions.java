package io.metachat.service.command;

import java.util.OptionalLong;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** Where in the event store things are. Implemented by whatever knows the store; called from many threads. */
public interface CommitPositions {

    /** The position of the last event that a committed unit of work appended; empty when it appended none. */
    OptionalLong appendedBy(UnitOfWork<?> unitOfWork);

    /** The position of the last event in the store; 0 when there is none. Asks the store. */
    long head();
}
