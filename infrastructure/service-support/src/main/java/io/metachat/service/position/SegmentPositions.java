package io.metachat.service.position;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;

/**
 * The positions of one processor's segments: live for the segments that run in this instance, from the stored tokens
 * for all others. A stored token may be a few seconds old while its segment has no events. Thread-safe.
 */
public final class SegmentPositions {

    private final String processor;
    private final Optional<StreamingEventProcessor> running;
    private final StoredPositions stored;

    /**
     * @param processor the name under which the tokens are stored
     * @param running the processor in this instance, if it runs here
     */
    public SegmentPositions(String processor, Optional<StreamingEventProcessor> running, StoredPositions stored) {
        this.processor = processor;
        this.running = running;
        this.stored = stored;
    }

    /**
     * Returns the position up to which a running segment has handled every event: during a replay that of the replay, in
     * a merged segment that of the part that is behind. Empty before the first event.
     */
    public static OptionalLong of(EventTrackerStatus status) {
        TrackingToken lowest = WrappedToken.unwrapLowerBound(status.getTrackingToken());
        return lowest == null ? OptionalLong.empty() : lowest.position();
    }

    /** Returns whether every segment, wherever it runs, has handled all events up to {@code position}. */
    public boolean hasReached(long position) {
        Map<Segment, OptionalLong> here = here();
        // A segment that is behind here spares the query for the stored tokens.
        return here.values().stream().allMatch(at -> isAt(at, position)) && isAt(lowest(here), position);
    }

    /**
     * Returns whether the segment of one sequence, wherever it runs, has handled all events up to {@code position}.
     *
     * @param sequence the sequence identifier, as the processor's sequencing policy gives it
     */
    public boolean hasReached(long position, Object sequence) {
        return isAt(
                find(sequence, here())
                        .or(() -> find(sequence, stored.of(processor)))
                        .orElse(OptionalLong.empty()),
                position);
    }

    /**
     * Returns the position that every segment has reached, wherever it runs; empty while the position of a segment is
     * unknown, such as before its first event.
     */
    public OptionalLong lowest() {
        return lowest(here());
    }

    private OptionalLong lowest(Map<Segment, OptionalLong> here) {
        if (isWhole(here)) {
            return lowestOf(here);
        }
        Map<Segment, OptionalLong> all = new HashMap<>(stored.of(processor));
        if (all.isEmpty()) {
            return OptionalLong.empty();
        }
        all.putAll(here);
        return lowestOf(all);
    }

    private Map<Segment, OptionalLong> here() {
        Map<Segment, OptionalLong> positions = new HashMap<>();
        running.ifPresent(streaming -> streaming
                .processingStatus()
                .values()
                .forEach(status -> positions.put(status.getSegment(), of(status))));
        return positions;
    }

    private static OptionalLong lowestOf(Map<Segment, OptionalLong> segments) {
        return segments.values().stream().anyMatch(OptionalLong::isEmpty)
                ? OptionalLong.empty()
                : segments.values().stream().mapToLong(OptionalLong::getAsLong).min();
    }

    private static Optional<OptionalLong> find(Object sequence, Map<Segment, OptionalLong> segments) {
        return segments.entrySet().stream()
                .filter(segment -> segment.getKey().matches(sequence))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean isAt(OptionalLong current, long position) {
        return current.isPresent() && current.getAsLong() >= position;
    }

    /** Whether these are all segments of the processor: one with the mask m has one part in m + 1 of all events. */
    private static boolean isWhole(Map<Segment, OptionalLong> segments) {
        double share = segments.keySet().stream()
                .mapToDouble(segment -> 1.0 / (segment.getMask() + 1.0))
                .sum();
        return share == 1.0;
    }
}
