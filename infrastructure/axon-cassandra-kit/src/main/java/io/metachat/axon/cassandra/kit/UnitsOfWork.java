package io.metachat.axon.cassandra.kit;

import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** Units of work as Axon's streaming processors open them. */
final class UnitsOfWork {

    private UnitsOfWork() {}

    /** Starts the unit of work of a batch. Axon 4 marks it with a resource, by which a store recognises the batch's end. */
    static UnitOfWork<?> startBatch(String processor, int segment) {
        UnitOfWork<?> batch = DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("event"));
        batch.resources().put(segmentResource(processor), segment);
        return batch;
    }

    /** Returns the name of the resource that holds the number of the segment. */
    static String segmentResource(String processor) {
        return "Processor[" + processor + "]/SegmentId";
    }

    /** Rolls back what a failed test has left open on its thread. The next test would otherwise run inside it. */
    static void rollBackLeftovers() {
        while (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().rollback();
        }
    }
}
