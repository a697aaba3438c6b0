package io.metachat.axon.cassandra.deadletter;

import io.metachat.axon.cassandra.TestStorage;
import io.metachat.axon.cassandra.kit.DeadLetterQueueContract;
import java.time.Duration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.junit.jupiter.api.extension.RegisterExtension;

class CassandraDeadLetterQueueIT extends DeadLetterQueueContract {

    @RegisterExtension
    static final TestStorage CASSANDRA = new TestStorage();

    @Override
    protected SequencedDeadLetterQueue<EventMessage<?>> queueOf(String processingGroup, String node) {
        return new CassandraDeadLetterQueue(
                CASSANDRA.storage(),
                processingGroup,
                TestStorage.serializer(),
                TestStorage.serializer(),
                new DeadLetterLimits(100, 20, claim()),
                node);
    }

    @Override
    protected Duration claim() {
        return Duration.ofSeconds(3);
    }
}
