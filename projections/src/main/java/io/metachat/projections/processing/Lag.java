package io.metachat.projections.processing;

import io.metachat.axon.eventstoredb.EventStoreDbEventStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.springframework.stereotype.Component;

/**
 * How far behind a processor is, in positions and in time. The time is the age of the first event that its slowest
 * segment has not handled, as the event store tells it: honest also where a rebuild is years behind.
 */
@Component
public class Lag {

    private static final long WAIT_MILLIS = 500;

    private final EventStoreDbEventStore eventStore;
    private final Clock clock;

    Lag(EventStoreDbEventStore eventStore, Clock clock) {
        this.eventStore = eventStore;
        this.clock = clock;
    }

    /**
     * How far the slowest segment that runs here is behind the end of the store; empty while no segment has begun.
     *
     * @param head the position of the store's last event
     */
    public OptionalLong positions(ProjectionProcessor processor, long head) {
        return slowest(processor)
                .map(ProjectionProcessor::position)
                .filter(OptionalLong::isPresent)
                .map(position -> OptionalLong.of(Math.max(0, head - position.getAsLong())))
                .orElse(OptionalLong.empty());
    }

    /** How old the first event is that has not been handled; zero when there is none. Asks the event store. */
    public Duration time(ProjectionProcessor processor) throws InterruptedException {
        Optional<EventTrackerStatus> slowest = slowest(processor);
        if (slowest.isEmpty()) {
            return Duration.ZERO;
        }
        TrackingToken token = WrappedToken.unwrapLowerBound(slowest.get().getTrackingToken());
        try (BlockingStream<TrackedEventMessage<?>> stream = eventStore.openStream(token)) {
            if (!stream.hasNextAvailable((int) WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                return Duration.ZERO;
            }
            Duration age = Duration.between(stream.nextAvailable().getTimestamp(), clock.instant());
            return age.isNegative() ? Duration.ZERO : age;
        }
    }

    private static Optional<EventTrackerStatus> slowest(ProjectionProcessor processor) {
        return processor.segments().values().stream()
                .min(Comparator.comparingLong(
                        status -> ProjectionProcessor.position(status).orElse(-1)));
    }
}
