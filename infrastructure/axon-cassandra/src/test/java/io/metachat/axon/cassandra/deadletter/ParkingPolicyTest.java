package io.metachat.axon.cassandra.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import io.metachat.axon.cassandra.CassandraUnavailableException;
import java.io.IOException;
import java.time.Instant;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventProcessingException;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.Cause;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.junit.jupiter.api.Test;

class ParkingPolicyTest {

    private static final EventMessage<?> EVENT = GenericEventMessage.asEventMessage("payload");

    private final ParkingPolicy policy = new ParkingPolicy();

    @Test
    void shouldParkWhatFailsForGood() {
        EnqueueDecision<EventMessage<?>> decision =
                policy.decide(new GenericDeadLetter<>("s", EVENT), new IllegalStateException("broken"));

        assertThat(decision.shouldEnqueue()).isTrue();
        assertThat(decision.enqueueCause()).get().isInstanceOf(ThrowableCause.class);
        assertThat(((Cause) decision.enqueueCause().orElseThrow()).type())
                .isEqualTo(IllegalStateException.class.getName());
    }

    @Test
    void shouldThrowOnWhatPasses() {
        RuntimeException outage = new IllegalStateException("wrapped", new NoNodeAvailableException());

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> policy.decide(new GenericDeadLetter<>("s", EVENT), outage))
                .isSameAs(outage);
    }

    @Test
    void shouldThrowOnWhatIsSaidToPassAsWell() {
        ParkingPolicy more = policy.alsoPassing(failure -> failure instanceof UnsupportedOperationException);

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(
                        () -> more.decide(new GenericDeadLetter<>("s", EVENT), new UnsupportedOperationException()));
        assertThatExceptionOfType(CassandraUnavailableException.class)
                .isThrownBy(() ->
                        more.decide(new GenericDeadLetter<>("s", EVENT), new CassandraUnavailableException("down")));
    }

    @Test
    void shouldThrowOnACheckedExceptionWrapped() {
        Exception outage = new IOException("wrapped", new CassandraUnavailableException("down"));

        assertThatExceptionOfType(EventProcessingException.class)
                .isThrownBy(() -> policy.decide(new GenericDeadLetter<>("s", EVENT), outage))
                .withCause(outage);
    }

    @Test
    void shouldKeepAParkedLetterWhoseRetryMeetsAnOutage() {
        CassandraDeadLetter parked =
                new CassandraDeadLetter("s", 0, EVENT, null, Instant.EPOCH, Instant.EPOCH, MetaData.emptyInstance());

        assertThat(policy.decide(parked, new CassandraUnavailableException("down"))
                        .shouldEnqueue())
                .isTrue();
    }
}
