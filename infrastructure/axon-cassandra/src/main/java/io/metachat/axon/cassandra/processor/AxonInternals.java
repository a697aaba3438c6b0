package io.metachat.axon.cassandra.processor;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * The behaviour of Axon 4.13 that this module relies on and that Axon's API does not promise. {@code AxonInternalsTest} has a
 * test for each, against Axon itself: run it first after an upgrade.
 */
public final class AxonInternals {

    private static final int NO_SEGMENT = -1;

    /** An idle processor checks its claims once per threshold, so two thresholds pass between extensions at worst. */
    private static final int THRESHOLDS_PER_CLAIM = 4;

    private AxonInternals() {}

    /**
     * Returns whether the current thread is at the end of a batch of a processor's segment. Axon's streaming processors put
     * the number of the segment into the resources of each batch.
     */
    public static boolean isEndingBatch(String processor, int segment) {
        if (!CurrentUnitOfWork.isStarted()) {
            return false;
        }
        UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get();
        return unitOfWork.phase() == UnitOfWork.Phase.PREPARE_COMMIT
                && Objects.equals(unitOfWork.resources().get("Processor[" + processor + "]/SegmentId"), segment);
    }

    /**
     * Ends the back-off of a pooled streaming processor after a failure. Releasing a segment that does not exist has no
     * effect but this: the processor's coordinator runs immediately.
     */
    static void endBackOff(StreamingEventProcessor processor) {
        processor.releaseSegment(NO_SEGMENT, 0, TimeUnit.MILLISECONDS);
    }

    /**
     * Returns the claim extension threshold, in milliseconds, with which a pooled streaming processor extends its claims
     * before half of the claim timeout has passed.
     */
    public static long claimExtensionThreshold(Duration claimTimeout) {
        return claimTimeout.toMillis() / THRESHOLDS_PER_CLAIM;
    }

    /** Gives the handlers of the current unit of work the dead letter that they can have as a parameter. */
    public static void attach(DeadLetter<?> letter) {
        CurrentUnitOfWork.get().resources().put(DeadLetter.class.getName(), letter);
    }
}
