package io.metachat.projections.processing;

import io.metachat.axon.cassandra.AxonCassandraProperties;
import io.metachat.axon.cassandra.CassandraDeadLetterQueue;
import io.metachat.axon.cassandra.CassandraStorage;
import io.metachat.axon.cassandra.DeadLetterLimits;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Gives each processing group its queue of dead letters, in Cassandra beside the tokens. */
@Component
class DeadLetterQueues {

    private final CassandraStorage storage;
    private final Serializer eventSerializer;
    private final Serializer serializer;
    private final DeadLetterLimits limits;
    private final String node;

    DeadLetterQueues(
            CassandraStorage storage,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            Serializer serializer,
            AxonCassandraProperties properties) {
        AxonCassandraProperties.DeadLetter settings = properties.deadLetter();
        this.storage = storage;
        this.eventSerializer = eventSerializer;
        this.serializer = serializer;
        this.limits =
                new DeadLetterLimits(settings.maximumSequences(), settings.maximumSequenceSize(), settings.claim());
        this.node = properties.node();
    }

    SequencedDeadLetterQueue<EventMessage<?>> of(String group) {
        return new CassandraDeadLetterQueue(storage, group, eventSerializer, serializer, limits, node);
    }
}
