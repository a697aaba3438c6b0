package io.metachat.axon.cassandra.saga;

import java.util.Optional;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/** Passes the position of a unit of work's event to the saga store, which keeps it with the saga. */
final class HandledEvents {

    private static final String RESOURCE = HandledEvents.class.getName();

    private HandledEvents() {}

    /** Records the event that this unit of work handles. */
    static void handling(EventMessage<?> event) {
        position(event)
                .ifPresent(
                        position -> CurrentUnitOfWork.get().root().resources().put(RESOURCE, position));
    }

    /** Returns the position of the event that this unit of work handles; empty when it was not recorded. */
    static Optional<TrackingToken> current() {
        if (!CurrentUnitOfWork.isStarted()) {
            return Optional.empty();
        }
        @Nullable TrackingToken position = CurrentUnitOfWork.get().root().getResource(RESOURCE);
        return Optional.ofNullable(position);
    }

    /** Returns the position of an event in its stream; within a merged segment it is the lower bound of its token. */
    static Optional<TrackingToken> position(EventMessage<?> event) {
        return event instanceof TrackedEventMessage<?> tracked
                ? Optional.ofNullable(WrappedToken.unwrapLowerBound(tracked.trackingToken()))
                : Optional.empty();
    }
}
