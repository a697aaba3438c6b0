package io.metachat.projections.processing;

import io.metachat.axon.eventstoredb.EventStoreDbEventStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Gauges of each processing group that runs here, under the names that every service's processors have. */
@Component
class ProjectionMetrics {

    private static final Logger log = LoggerFactory.getLogger(ProjectionMetrics.class);

    /** A scrape reads several gauges: the store is asked once for all of them. */
    private static final long HEAD_AGE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final MeterRegistry meters;
    private final EventStoreDbEventStore eventStore;
    private final Map<String, List<Meter>> registered = new ConcurrentHashMap<>();
    private volatile @Nullable Head head;

    private record Head(double position, long at) {}

    ProjectionMetrics(MeterRegistry meters, EventStoreDbEventStore eventStore) {
        this.meters = meters;
        this.eventStore = eventStore;
    }

    void started(ProjectionProcessor processor) {
        Tags tags = Tags.of("processor", processor.group());
        registered.put(
                processor.group(),
                Stream.of(
                                Gauge.builder("metachat.processor.position", processor, ProjectionMetrics::position),
                                Gauge.builder("metachat.processor.lag", processor, this::lag),
                                Gauge.builder("metachat.processor.segments", processor, ProjectionMetrics::segments),
                                Gauge.builder("metachat.processor.errors", processor, ProjectionMetrics::errors))
                        .map(gauge -> (Meter) gauge.tags(tags).register(meters))
                        .toList());
    }

    void stopped(ProjectionProcessor processor) {
        registered.getOrDefault(processor.group(), List.of()).forEach(meters::remove);
        registered.remove(processor.group());
    }

    /** Of the segments that run here; other instances report theirs. */
    private static double position(ProjectionProcessor processor) {
        return processor.segments().values().stream()
                .map(ProjectionProcessor::position)
                .mapToDouble(position -> position.orElse(0))
                .min()
                .orElse(Double.NaN);
    }

    private double lag(ProjectionProcessor processor) {
        double position = position(processor);
        return Double.isNaN(position) ? Double.NaN : Math.max(0, headPosition() - position);
    }

    private static double segments(ProjectionProcessor processor) {
        return processor.segments().size();
    }

    private static double errors(ProjectionProcessor processor) {
        return processor.segments().values().stream()
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

    /** Without the store there is no lag to tell: the gauge has no value then, and readiness says why. */
    private double askHead() {
        try {
            OptionalLong last = eventStore.headPosition();
            return last.orElse(0);
        } catch (RuntimeException unavailable) {
            log.debug("The event store's end is not known", unavailable);
            return Double.NaN;
        }
    }
}
