package io.metachat.service.operations;

import io.metachat.axon.cassandra.deadletter.DeadLetterSequences;
import io.metachat.service.error.Problem;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Dead-letter queues of one kind, such as those of projections or of sagas. A service with a bean of this type has the
 * operators' routes {@code /operations/<kind>/<name>/dead-letters}. Called from many threads.
 */
public interface DeadLetterSource {

    /** Returns the kind, which is an element of the path: {@code projections}. */
    String kind();

    /** Returns the dead letters of a queue; empty when there is no queue of that name. */
    Optional<DeadLetterSequences> find(String name);

    /** Returns the problem of a name without a queue. */
    Problem unknownName();

    /**
     * Returns the part of an event that operators may see, by component. It must not contain what people wrote.
     *
     * @return {@code null} when they may see nothing of it
     */
    default @Nullable Map<String, Object> shown(Object event) {
        return null;
    }
}
