package io.metachat.axon.cassandra.deadletter;

import com.datastax.oss.driver.api.core.DriverException;
import java.util.function.Predicate;
import org.axonframework.common.AxonTransientException;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventProcessingException;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.EnqueuePolicy;
import org.axonframework.messaging.deadletter.ThrowableCause;

/**
 * Parks an event whose handler fails, unless the failure is one that passes: a store is down, a command met a conflict.
 * Such a failure is thrown on, so that the processor rolls back, waits, and handles the event again; nothing is parked
 * because of an outage. What is parked already stays parked when its retry fails, for whatever reason.
 *
 * <p>Axon's own default parks whatever fails. A decision not to park would not do either: Axon then goes on with the next
 * event, and this one is lost.
 */
public final class ParkingPolicy implements EnqueuePolicy<EventMessage<?>> {

    private final Predicate<Throwable> passes;

    /** Failures pass that are Axon's transient exceptions or come from the driver, or have such a cause. */
    public ParkingPolicy() {
        this(failure -> failure instanceof AxonTransientException || failure instanceof DriverException);
    }

    /**
     * Creates a policy.
     *
     * @param passes tells of an exception, and of each of its causes, whether it is one that passes
     */
    public ParkingPolicy(Predicate<Throwable> passes) {
        this.passes = passes;
    }

    /** Returns a policy that lets more failures pass than this one. */
    public ParkingPolicy alsoPassing(Predicate<Throwable> more) {
        return new ParkingPolicy(passes.or(more));
    }

    @Override
    public EnqueueDecision<EventMessage<?>> decide(DeadLetter<? extends EventMessage<?>> letter, Throwable cause) {
        if (letter instanceof CassandraDeadLetter) {
            // A retry that failed, for whatever reason. Here Axon would swallow an exception, and the cause with it.
            return Decisions.requeue(ThrowableCause.truncated(cause));
        }
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (passes.test(each)) {
                throw cause instanceof RuntimeException passing
                        ? passing
                        : new EventProcessingException("The handler may succeed later", cause);
            }
        }
        return Decisions.enqueue(ThrowableCause.truncated(cause));
    }
}
