package io.metachat.service.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.metachat.service.position.SegmentPositions;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.jspecify.annotations.Nullable;

/**
 * One streaming processor as an operator sees it.
 *
 * @param segments those that run in this instance
 */
record ProcessorReport(String name, boolean running, List<SegmentReport> segments) {

    static ProcessorReport of(String name, StreamingEventProcessor processor) {
        return new ProcessorReport(
                name,
                processor.isRunning(),
                processor.processingStatus().values().stream()
                        .map(SegmentReport::of)
                        .sorted(Comparator.comparingInt(SegmentReport::segment))
                        .toList());
    }

    /**
     * @param share its part of all sequences, as in {@code 1/4}
     * @param position the position of the last handled event; absent before the first
     * @param error the kind of failure that it will retry after
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SegmentReport(
            int segment,
            String share,
            @Nullable Long position,
            boolean caughtUp,
            @Nullable String error) {

        private static SegmentReport of(EventTrackerStatus status) {
            OptionalLong position = SegmentPositions.of(status);
            Throwable error = status.getError();
            return new SegmentReport(
                    status.getSegment().getSegmentId(),
                    "1/" + (status.getSegment().getMask() + 1),
                    position.isPresent() ? position.getAsLong() : null,
                    status.isCaughtUp(),
                    error == null ? null : error.getClass().getSimpleName());
        }
    }
}
