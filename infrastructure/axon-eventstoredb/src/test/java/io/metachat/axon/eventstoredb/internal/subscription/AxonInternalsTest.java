package io.metachat.axon.eventstoredb.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.junit.jupiter.api.Test;

/** Fails when an upgrade of Axon changes what {@link AxonInternals} relies on. */
class AxonInternalsTest {

    private static final Message<String> MESSAGE = new GenericMessage<>("payload");

    private final AtomicInteger reads = new AtomicInteger();
    private final Supplier<Instant> timestamp = () -> {
        reads.incrementAndGet();
        return Instant.EPOCH;
    };

    @Test
    void shouldFindNoUpcasterInAnEmptyChain() {
        assertThat(AxonInternals.hasUpcasters(new EventUpcasterChain())).isFalse();
        assertThat(AxonInternals.hasUpcasters(NoOpEventUpcaster.INSTANCE)).isFalse();
    }

    @Test
    void shouldFindTheUpcasterInAChain() {
        assertThat(AxonInternals.hasUpcasters(new EventUpcasterChain(new NeverCalled())))
                .isTrue();
        assertThat(AxonInternals.hasUpcasters(Stream::sorted)).isTrue();
    }

    @Test
    void shouldNotReadTheTimestampWhenTheTokenIsReplaced() {
        TrackedEventMessage<String> message =
                new LazyTrackedMessage<>(new GlobalSequenceTrackingToken(1), MESSAGE, timestamp);
        TrackedEventMessage<String> moved = message.withTrackingToken(new GlobalSequenceTrackingToken(2));
        assertThat(reads).hasValue(0);
        assertThat(moved.trackingToken()).isEqualTo(new GlobalSequenceTrackingToken(2));
        assertThat(moved.getTimestamp()).isEqualTo(Instant.EPOCH);
    }

    /** Without this, a message of our own would be unnecessary. */
    @Test
    void shouldStillBeNeededBecauseAxonsMessageReadsTheTimestamp() {
        new GenericTrackedEventMessage<>(new GlobalSequenceTrackingToken(1), MESSAGE, timestamp)
                .withTrackingToken(new GlobalSequenceTrackingToken(2));
        assertThat(reads).hasValue(1);
    }

    private static final class NeverCalled extends SingleEventUpcaster {

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation event) {
            throw new AssertionError("There is no event");
        }

        @Override
        protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
            throw new AssertionError("There is no event");
        }
    }
}
