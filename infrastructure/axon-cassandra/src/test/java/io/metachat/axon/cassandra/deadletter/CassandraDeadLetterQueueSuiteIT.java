package io.metachat.axon.cassandra.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.axon.cassandra.TestStorage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.Cause;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueueTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Axon's own suite for dead-letter queues. */
class CassandraDeadLetterQueueSuiteIT extends SequencedDeadLetterQueueTest<EventMessage<?>> {

    private static final int LIMIT = 16;

    @RegisterExtension
    static final TestStorage CASSANDRA = new TestStorage();

    @Override
    protected SequencedDeadLetterQueue<EventMessage<?>> buildTestSubject() {
        return new CassandraDeadLetterQueue(
                CASSANDRA.storage(),
                UUID.randomUUID().toString(),
                TestStorage.serializer(),
                TestStorage.serializer(),
                new DeadLetterLimits(LIMIT, LIMIT, Duration.ofSeconds(30)),
                "node");
    }

    @Override
    protected long maxSequences() {
        return LIMIT;
    }

    @Override
    protected long maxSequenceSize() {
        return LIMIT;
    }

    @Override
    protected DeadLetter<EventMessage<?>> generateInitialLetter() {
        return new GenericDeadLetter<>("sequence", generateEvent(), generateThrowable());
    }

    @Override
    protected DeadLetter<EventMessage<?>> generateFollowUpLetter() {
        return new GenericDeadLetter<>("sequence", generateEvent());
    }

    @Override
    protected DeadLetter<EventMessage<?>> mapToQueueImplementation(DeadLetter<EventMessage<?>> letter) {
        return letter instanceof GenericDeadLetter<EventMessage<?>> generic
                ? new CassandraDeadLetter(
                        generic.getSequenceIdentifier().toString(),
                        0,
                        letter.message(),
                        letter.cause().orElse(null),
                        letter.enqueuedAt(),
                        letter.lastTouched(),
                        letter.diagnostics())
                : letter;
    }

    @Override
    protected void setClock(Clock clock) {
        GenericDeadLetter.clock = clock;
    }

    /** Times are kept to the millisecond, and payloads come back as messages that are not yet deserialized. */
    @Override
    protected void assertLetter(
            DeadLetter<? extends EventMessage<?>> expected, DeadLetter<? extends EventMessage<?>> actual) {
        assertThat(actual.message().getIdentifier())
                .isEqualTo(expected.message().getIdentifier());
        assertThat(actual.message().getPayload()).isEqualTo(expected.message().getPayload());
        assertThat(actual.message().getPayloadType())
                .isEqualTo(expected.message().getPayloadType());
        assertThat(actual.message().getMetaData()).isEqualTo(expected.message().getMetaData());
        assertThat(actual.message().getTimestamp()).isEqualTo(expected.message().getTimestamp());
        assertThat(actual.cause().map(Cause::type)).isEqualTo(expected.cause().map(Cause::type));
        assertThat(actual.cause().map(Cause::message))
                .isEqualTo(expected.cause().map(Cause::message));
        assertThat(millis(actual.enqueuedAt())).isEqualTo(millis(expected.enqueuedAt()));
        assertThat(millis(actual.lastTouched())).isEqualTo(millis(expected.lastTouched()));
        assertThat(actual.diagnostics()).isEqualTo(expected.diagnostics());
    }

    private static Instant millis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
