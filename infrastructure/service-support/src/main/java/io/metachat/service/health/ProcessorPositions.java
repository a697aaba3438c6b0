package io.metachat.service.health;

import java.util.Map;
import java.util.OptionalLong;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.StreamingEventProcessor;

/** How far streaming processors have come. Thread-safe. */
public final class ProcessorPositions {

    private final EventProcessingConfiguration processing;
    private final SegmentPositions elsewhere;

    /** @param elsewhere knows the segments that other instances work on */
    public ProcessorPositions(EventProcessingConfiguration processing, SegmentPositions elsewhere) {
        this.processing = processing;
        this.elsewhere = elsewhere;
    }

    /**
     * The event-store position up to which every event has been handled by the processor's segments, wherever these
     * are worked on. Empty when it is not known, such as before the first event.
     *
     * @throws IllegalArgumentException when there is no such streaming processor in this service
     */
    public OptionalLong position(String processor) {
        Map<Integer, EventTrackerStatus> local = streaming(processor).processingStatus();
        OptionalLong here = lowest(local);
        if (coversEverything(local)) {
            return here;
        }
        Map<Integer, OptionalLong> others = elsewhere.positions(processor);
        long lowest = here.orElse(Long.MAX_VALUE);
        for (Map.Entry<Integer, OptionalLong> segment : others.entrySet()) {
            if (local.containsKey(segment.getKey())) {
                continue;
            }
            if (segment.getValue().isEmpty()) {
                return OptionalLong.empty();
            }
            lowest = Math.min(lowest, segment.getValue().getAsLong());
        }
        return others.isEmpty() || lowest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(lowest);
    }

    private StreamingEventProcessor streaming(String processor) {
        return processing
                .eventProcessor(processor, StreamingEventProcessor.class)
                .orElseThrow(() -> new IllegalArgumentException("No streaming processor is called " + processor));
    }

    private static OptionalLong lowest(Map<Integer, EventTrackerStatus> segments) {
        long lowest = Long.MAX_VALUE;
        for (EventTrackerStatus status : segments.values()) {
            OptionalLong position = status.getCurrentPosition();
            if (position.isEmpty()) {
                return OptionalLong.empty();
            }
            lowest = Math.min(lowest, position.getAsLong());
        }
        return segments.isEmpty() ? OptionalLong.empty() : OptionalLong.of(lowest);
    }

    // A segment with the mask m has 1/(m+1) of all events.
    private static boolean coversEverything(Map<Integer, EventTrackerStatus> segments) {
        double share = 0;
        for (EventTrackerStatus status : segments.values()) {
            Segment segment = status.getSegment();
            share += 1.0 / (segment.getMask() + 1.0);
        }
        return share == 1.0;
    }
}
