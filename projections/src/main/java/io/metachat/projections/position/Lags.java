package io.metachat.projections.position;

import io.metachat.axon.eventstoredb.engine.EventStoreDbEventStorageEngine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Measures lags by what the event store has after a position: honest also where a rebuild is years behind, and where
 * nothing runs at all. A store cannot say how many events lie between two positions without reading them; so the next
 * {@value #COUNTED} are counted, and what lies beyond them is estimated from their length. Thread-safe.
 */
@Component
public class Lags {

    static final int COUNTED = 1_000;

    private final EventStoreDbEventStorageEngine engine;
    private final MinimumPosition positions;
    private final Clock clock;

    Lags(EventStoreDbEventStorageEngine engine, MinimumPosition positions, Clock clock) {
        this.engine = engine;
        this.positions = positions;
        this.clock = clock;
    }

    /** The lag of a version; one that has not begun lacks every event. Asks the event store. */
    public Lag of(String projection, int version) {
        return after(
                positions.lowest(projection, version), engine.headPosition().orElse(0));
    }

    private Lag after(OptionalLong position, long head) {
        long begin = position.orElse(0);
        if (position.isPresent() && begin >= head) {
            return Lag.NONE;
        }
        long count = 0;
        long last = begin;
        @Nullable Instant oldest = null;
        try (Stream<? extends TrackedEventMessage<?>> events = engine.readEvents(token(position), false)) {
            Iterator<? extends TrackedEventMessage<?>> next = events.iterator();
            while (count < COUNTED && next.hasNext()) {
                TrackedEventMessage<?> event = next.next();
                oldest = oldest == null ? event.getTimestamp() : oldest;
                last = event.trackingToken().position().orElse(last);
                count++;
            }
        }
        if (oldest == null) {
            return Lag.NONE;
        }
        Duration age = Duration.between(oldest, clock.instant());
        return new Lag(
                events(count, last - begin, head - last),
                last < head,
                age.isNegative() ? Duration.ZERO : age,
                Math.max(0, head - begin));
    }

    /**
     * @param counted how many there are for certain
     * @param length how many positions they take
     * @param beyond how many positions lie after them
     */
    static long events(long counted, long length, long beyond) {
        return beyond <= 0 || length <= 0 ? counted : counted + Math.round((double) beyond * counted / length);
    }

    private static @Nullable TrackingToken token(OptionalLong position) {
        return position.isPresent() ? new GlobalSequenceTrackingToken(position.getAsLong()) : null;
    }
}
