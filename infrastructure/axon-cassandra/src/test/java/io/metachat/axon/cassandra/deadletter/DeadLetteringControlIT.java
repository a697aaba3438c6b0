package io.metachat.axon.cassandra.deadletter;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.DeadLetteringEventIntegrationTest;
import org.axonframework.messaging.deadletter.InMemorySequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;

/** The control of {@link CassandraDeadLetteringIT}: the same suite on Axon's own queue, which fails alike where time fails. */
@Tag("soak")
@Isolated
class DeadLetteringControlIT extends DeadLetteringEventIntegrationTest {

    @Override
    protected SequencedDeadLetterQueue<EventMessage<?>> buildDeadLetterQueue() {
        return InMemorySequencedDeadLetterQueue.defaultQueue();
    }

    @Override
    protected boolean identifierCacheEnabled() {
        return true;
    }
}
