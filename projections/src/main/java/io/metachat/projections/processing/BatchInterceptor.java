package io.metachat.projections.processing;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Opens a {@link WriteBatch} with the first event of a batch and awaits it with the last, while the batch is still
 * being handled: the token is stored when the unit of work prepares its commit, so only after the last write. Around
 * the whole handling and not in a handler, because a handler does not see an event that goes to the dead letters.
 */
final class BatchInterceptor implements MessageHandlerInterceptor<EventMessage<?>> {

    private static final String RESOURCE = WriteBatch.class.getName();

    private final Supplier<WriteBatch> batches;
    private final Consumer<RefusedWriteException> refusals;

    /** @param refusals receives a refused write before the batch fails with it */
    BatchInterceptor(Supplier<WriteBatch> batches, Consumer<RefusedWriteException> refusals) {
        this.batches = batches;
        this.refusals = refusals;
    }

    /** The batch that is being handled. */
    static WriteBatch current(UnitOfWork<?> unitOfWork) {
        WriteBatch batch = unitOfWork.root().getResource(RESOURCE);
        if (batch == null) {
            throw new IllegalStateException("No batch is being handled");
        }
        return batch;
    }

    /** Whether a batch is being handled; otherwise the event comes alone, such as a retried dead letter. */
    static boolean isOpen(UnitOfWork<?> unitOfWork) {
        return unitOfWork.root().getResource(RESOURCE) != null;
    }

    @Override
    public Object handle(UnitOfWork<? extends EventMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        if (!(unitOfWork instanceof BatchingUnitOfWork<?> batching)) {
            return chain.proceed();
        }
        WriteBatch batch = unitOfWork.root().getOrComputeResource(RESOURCE, key -> batches.get());
        Object result = chain.proceed();
        if (batching.isLastMessage()) {
            await(batch);
        }
        return result;
    }

    private void await(WriteBatch batch) {
        try {
            batch.await();
        } catch (RefusedWriteException refused) {
            refusals.accept(refused);
            throw refused;
        }
    }
}
