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
 * Parks an event whose handler fails, unless the failure is transient: a store is down, or a command met a conflict. Such a failure
 * is rethrown, so that the processor rolls back, waits, and handles the event again. An outage parks nothing. A letter whose retry
 * fails stays parked, whatever the failure is.
 *
 * <p>Axon's own default parks each event that fails. A decision not to park would be wrong as well: Axon then handles the next event,
 * and this one is lost.
 */
public final class ParkingPolicy implements EnqueuePolicy<EventMessage<?>> {

    private final Predicate<Throwable> passes;

    /** Creates a policy for which Axon's transient exceptions and the driver's exceptions are transient, also as causes. */
    public ParkingPolicy() {
        this(failure -> failure instanceof AxonTransientException || failure instanceof DriverException);
    }

    /**
     * Creates a policy.
     *
     * @param passes returns whether an exception, or one of its causes, is transient
     */
    public ParkingPolicy(Predicate<Throwable> passes) {
        this.passes = passes;
    }

    /** Returns a policy that considers more failures transient than this one. */
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
