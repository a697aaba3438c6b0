package io.metachat.service.health;

import io.metachat.service.command.CommitPositions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gauges of each streaming processor: how far it is, how far behind, and how many of its segments meet errors. */
final class ProcessorMetrics implements MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(ProcessorMetrics.class);

    /** A scrape reads several gauges: the store is asked once for all of them. */
    private static final long HEAD_AGE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final EventProcessingConfiguration processing;
    private final CommitPositions store;
    private volatile @Nullable Head head;

    private record Head(double position, long at) {}

    ProcessorMetrics(EventProcessingConfiguration processing, CommitPositions store) {
        this.processing = processing;
        this.store = store;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        processing.eventProcessors().forEach((name, processor) -> {
            if (processor instanceof StreamingEventProcessor streaming) {
                Tags tags = Tags.of("processor", name);
                gauge(meters, "metachat.processor.position", tags, streaming, ProcessorMetrics::position);
                gauge(meters, "metachat.processor.lag", tags, streaming, this::lag);
                gauge(meters, "metachat.processor.segments", tags, streaming, ProcessorMetrics::segments);
                gauge(meters, "metachat.processor.errors", tags, streaming, ProcessorMetrics::errors);
            }
        });
    }

    private static void gauge(
            MeterRegistry meters,
            String name,
            Tags tags,
            StreamingEventProcessor processor,
            ToDoubleFunction<StreamingEventProcessor> value) {
        Gauge.builder(name, processor, value).tags(tags).register(meters);
    }

    // Of the segments that this instance works on; other instances report theirs.
    private static double position(StreamingEventProcessor processor) {
        double lowest = Double.POSITIVE_INFINITY;
        for (EventTrackerStatus status : processor.processingStatus().values()) {
            OptionalLong position = status.getCurrentPosition();
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

    // Without the store there is no lag to tell: the gauge has no value then, and readiness says why.
    private double askHead() {
        try {
            return store.head();
        } catch (RuntimeException unavailable) {
            log.debug("The event store's end is not known", unavailable);
            return Double.NaN;
        }
    }
}
