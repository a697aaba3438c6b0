package io.metachat.service.health;

import io.metachat.service.command.CommitPositions;
import io.metachat.service.position.SegmentPositions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gauges of each streaming processor: its position, its lag, and the number of its segments with errors. Those of
 * Axon's configuration are measured by default; a service with processors of its own registers them. Thread-safe.
 */
public final class ProcessorMetrics implements MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(ProcessorMetrics.class);

    /** A scrape reads several gauges, for which the store is queried once. */
    private static final long HEAD_AGE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final CommitPositions store;
    private final Map<String, StreamingEventProcessor> running = new HashMap<>();
    private final Map<String, List<Meter>> registered = new HashMap<>();
    private @Nullable MeterRegistry meters;
    private volatile @Nullable Head head;

    private record Head(double position, long at) {}

    ProcessorMetrics(CommitPositions store) {
        this.store = store;
    }

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        meters = registry;
        running.forEach((name, processor) -> register(registry, name, processor));
    }

    /** Starts to measure a processor. */
    public synchronized void started(String name, StreamingEventProcessor processor) {
        running.put(name, processor);
        if (meters != null) {
            register(meters, name, processor);
        }
    }

    /** Stops measuring a processor. */
    public synchronized void stopped(String name) {
        running.remove(name);
        List<Meter> gone = registered.remove(name);
        if (gone != null && meters != null) {
            gone.forEach(meters::remove);
        }
    }

    private void register(MeterRegistry registry, String name, StreamingEventProcessor processor) {
        registered.put(
                name,
                Stream.of(
                                Gauge.builder("metachat.processor.position", processor, ProcessorMetrics::position),
                                Gauge.builder("metachat.processor.lag", processor, this::lag),
                                Gauge.builder("metachat.processor.segments", processor, ProcessorMetrics::segments),
                                Gauge.builder("metachat.processor.errors", processor, ProcessorMetrics::errors))
                        .<Meter>map(
                                gauge -> gauge.tags(Tags.of("processor", name)).register(registry))
                        .toList());
    }

    // Of the segments that run in this instance; other instances report theirs.
    private static double position(StreamingEventProcessor processor) {
        double lowest = Double.POSITIVE_INFINITY;
        for (EventTrackerStatus status : processor.processingStatus().values()) {
            OptionalLong position = SegmentPositions.of(status);
            lowest = Math.min(lowest, position.orElse(0));
        }
        return Double.isInfinite(lowest) ? Double.NaN : lowest;
    }

    private double lag(StreamingEventProcessor processor) {
        double position = position(processor);
        return Double.isNaN(position) ? Double.NaN : Math.max(0, headPosition() - position);
    }

    private static double segments(StreamingEventProcessor processor) {
        return processor.processingStatus().size();
    }

    private static double errors(StreamingEventProcessor processor) {
        return processor.processingStatus().values().stream()
                .filter(EventTrackerStatus::isErrorState)
                .count();
    }

    private double headPosition() {
        Head current = head;
        if (current == null || System.nanoTime() - current.at() > HEAD_AGE_NANOS) {
            current = new Head(askHead(), System.nanoTime());
            head = current;
        }
        return current.position();
    }

    // Without the store the lag is unknown. The gauge then has no value, and readiness reports the reason.
    private double askHead() {
        try {
            return store.head();
        } catch (RuntimeException unavailable) {
            log.debug("The head of the event store is unknown", unavailable);
            return Double.NaN;
        }
    }
}
