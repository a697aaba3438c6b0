package io.metachat.axon.cassandra.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.axon.cassandra.TestStorage;
import io.metachat.axon.cassandra.kit.DeadLetterQueueContract;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.junit.jupiter.api.Test;
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

    @Test
    void shouldStorePayloadTypesUnderTheNamesOfTheApplication() {
        String group = UUID.randomUUID().toString();
        CassandraDeadLetterQueue queue = new CassandraDeadLetterQueues(
                        CASSANDRA.storage(),
                        TestStorage.serializer(),
                        new Greetings(),
                        TestStorage.serializer(),
                        new DeadLetterLimits(),
                        "node",
                        DeadLetterObserver.NONE)
                .of(group);
        queue.enqueue("s", new GenericDeadLetter<>("s", GenericEventMessage.asEventMessage("hello")));

        String letter = "%s.dead_letter WHERE processing_group = '%s' AND sequence_id = 's'"
                .formatted(CASSANDRA.keyspace(), group);
        assertThat(CASSANDRA
                        .session()
                        .execute("SELECT payload_type FROM " + letter)
                        .one()
                        .getString(0))
                .isEqualTo("greeting");
        assertThat(payload(queue)).isEqualTo("hello");
        CASSANDRA
                .session()
                .execute("UPDATE " + letter.replace(" WHERE", " SET payload_type = 'former.Greeting' WHERE")
                        + " AND letter_index = 0");
        assertThat(payload(queue)).isEqualTo("hello");
    }

    private static Object payload(CassandraDeadLetterQueue queue) {
        return queue.deadLetterSequence("s").iterator().next().message().getPayload();
    }

    private static final class Greetings implements PayloadTypeNames {

        @Override
        public String toStored(String typeName) {
            return typeName.equals("java.lang.String") ? "greeting" : typeName;
        }

        @Override
        public String fromStored(String storedName) {
            return Set.of("greeting", "former.Greeting").contains(storedName) ? "java.lang.String" : storedName;
        }
    }
}
