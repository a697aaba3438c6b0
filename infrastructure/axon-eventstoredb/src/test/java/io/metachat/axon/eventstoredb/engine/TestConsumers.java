package io.metachat.axon.eventstoredb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;

/** Reads tracking streams with a timeout. */
final class TestConsumers {

    private static final int PATIENCE_SECONDS = 30;

    private TestConsumers() {}

    /** Returns the next events; fails when they do not arrive. */
    static List<TrackedEventMessage<?>> take(TrackingEventStream stream, int count) throws InterruptedException {
        List<TrackedEventMessage<?>> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            assertThat(stream.hasNextAvailable(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("event %d of %d", i + 1, count)
                    .isTrue();
            events.add(stream.nextAvailable());
        }
        return events;
    }

    static List<Object> payloads(List<TrackedEventMessage<?>> events) {
        return events.stream().<Object>map(TrackedEventMessage::getPayload).toList();
    }

    /** Returns the payloads of {@link TestEvents#events}. */
    static Object[] payloads(String aggregate, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> aggregate + "@" + i).toArray();
    }

    static long position(TrackedEventMessage<?> event) {
        return ((GlobalSequenceTrackingToken) event.trackingToken()).getGlobalIndex();
    }
}
