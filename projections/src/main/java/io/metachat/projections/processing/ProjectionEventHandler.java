package io.metachat.projections.processing;

import io.metachat.domain.DomainEvent;
import io.metachat.domain.user.event.UserForgotten;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.Writes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to one version of a projection. Its exceptions are the event's fault and make it a dead letter; failures
 * of Cassandra are thrown by the batch, and the batch is retried.
 */
final class ProjectionEventHandler implements EventMessageHandler {

    private final Projection projection;
    private final Supplier<WriteBatch> batches;
    /** Events of which a write was refused: the next time they are awaited alone, to be told from their batch. */
    private final Set<Long> suspects = ConcurrentHashMap.newKeySet();

    ProjectionEventHandler(Projection projection, Supplier<WriteBatch> batches) {
        this.projection = projection;
        this.batches = batches;
    }

    @Override
    public boolean canHandle(EventMessage<?> message) {
        Class<?> type = message.getPayloadType();
        return type == UserForgotten.class || projection.types().contains(type);
    }

    @Override
    public boolean canHandleType(Class<?> payloadType) {
        return payloadType == UserForgotten.class || projection.types().contains(payloadType);
    }

    @Override
    public @Nullable Object handle(EventMessage<?> message) {
        long position = positionOf(message);
        UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get();
        boolean alone = !BatchInterceptor.isOpen(unitOfWork) || suspects.contains(position);
        WriteBatch batch = alone ? batches.get() : BatchInterceptor.current(unitOfWork);
        project((DomainEvent) message.getPayload(), batch.at(position, message.getTimestamp()));
        if (alone) {
            batch.await();
            suspects.remove(position);
        }
        return null;
    }

    /** Called with a write that was refused, before its batch is tried again. */
    void suspect(RefusedWriteException refused) {
        suspects.add(refused.position());
    }

    private void project(DomainEvent event, Writes writes) {
        if (event instanceof UserForgotten forgotten) {
            projection.tables().forEach(table -> writes.forget(table, forgotten.userId()));
        }
        projection.handle(event, writes);
    }

    private static long positionOf(EventMessage<?> message) {
        if (message instanceof TrackedEventMessage<?> tracked && tracked.trackingToken() != null) {
            return tracked.trackingToken()
                    .position()
                    .orElseThrow(() -> new IllegalStateException("The event's token has no position"));
        }
        throw new IllegalStateException("The event " + message.getIdentifier() + " has no position");
    }
}
