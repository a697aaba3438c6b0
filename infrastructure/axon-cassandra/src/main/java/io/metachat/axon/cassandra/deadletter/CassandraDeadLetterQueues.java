package io.metachat.axon.cassandra.deadletter;

import io.metachat.axon.cassandra.CassandraStorage;
import org.axonframework.serialization.Serializer;

/** Creates dead-letter queues that differ only in their names. */
public final class CassandraDeadLetterQueues {

    private final CassandraStorage storage;
    private final Serializer eventSerializer;
    private final PayloadTypeNames names;
    private final Serializer serializer;
    private final DeadLetterLimits limits;
    private final String node;
    private final DeadLetterObserver observer;

    /**
     * Creates a factory.
     *
     * @param storage where
     * @param eventSerializer of payloads and metadata
     * @param names the stored names of payload types
     * @param serializer of tokens and diagnostics
     * @param limits the limits of each queue, and the duration of claims
     * @param node the name of this node in claims
     * @param observer receives each change
     */
    public CassandraDeadLetterQueues(
            CassandraStorage storage,
            Serializer eventSerializer,
            PayloadTypeNames names,
            Serializer serializer,
            DeadLetterLimits limits,
            String node,
            DeadLetterObserver observer) {
        this.storage = storage;
        this.eventSerializer = eventSerializer;
        this.names = names;
        this.serializer = serializer;
        this.limits = limits;
        this.node = node;
        this.observer = observer;
    }

    /** Returns the queue of a name; each call returns another object for the same queue. */
    public CassandraDeadLetterQueue of(String name) {
        return new CassandraDeadLetterQueue(storage, name, eventSerializer, names, serializer, limits, node, observer);
    }
}
