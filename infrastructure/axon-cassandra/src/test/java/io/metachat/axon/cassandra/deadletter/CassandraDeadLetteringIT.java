package io.metachat.axon.cassandra.deadletter;

import io.metachat.axon.cassandra.TestStorage;
import java.util.UUID;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.DeadLetteringEventIntegrationTest;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.serialization.TestSerializer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** Axon's own integration test of dead-lettering processors. Alone: it is sensitive to timing, with Axon's queue too. */
@Isolated
class CassandraDeadLetteringIT extends DeadLetteringEventIntegrationTest {

    @RegisterExtension
    static final TestStorage CASSANDRA = new TestStorage();

    @Override
    protected SequencedDeadLetterQueue<EventMessage<?>> buildDeadLetterQueue() {
        return new CassandraDeadLetterQueue(
                CASSANDRA.storage(),
                UUID.randomUUID().toString(),
                TestSerializer.XSTREAM.getSerializer(),
                TestSerializer.XSTREAM.getSerializer(),
                new DeadLetterLimits(),
                "node");
    }

    /** As the README advises: an event whose sequence has no letters then costs no read. */
    @Override
    protected boolean identifierCacheEnabled() {
        return true;
    }
}
