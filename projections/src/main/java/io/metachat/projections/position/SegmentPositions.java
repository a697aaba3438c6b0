package io.metachat.projections.position;

import io.metachat.axon.cassandra.token.CassandraTokenStore;
import io.metachat.axon.cassandra.token.SegmentProgress;
import io.metachat.domain.UserId;
import io.metachat.projections.processing.ProjectionProcessor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.axonframework.eventhandling.Segment;

/**
 * How far the segments of one processor have come: those that run here by what they say, the others by their stored
 * tokens, which are a few seconds old while nothing happens in the segment.
 */
final class SegmentPositions {

    private final String group;
    private final Optional<ProjectionProcessor> processor;
    private final CassandraTokenStore tokens;

    /** @param processor what runs here, if any does */
    SegmentPositions(String group, Optional<ProjectionProcessor> processor, CassandraTokenStore tokens) {
        this.group = group;
        this.processor = processor;
        this.tokens = tokens;
    }

    /** Whether the person's segment, or every segment, has come to the position. */
    boolean reached(long position, Optional<UserId> person) {
        Map<Segment, OptionalLong> here = here();
        if (person.isPresent()) {
            Optional<OptionalLong> own = of(person.get(), here);
            return own.isPresent()
                    ? isAt(own.get(), position)
                    : of(person.get(), everywhere())
                            .map(at -> isAt(at, position))
                            .orElse(false);
        }
        return here.values().stream().allMatch(at -> isAt(at, position))
                && (isWhole(List.copyOf(here.keySet())) || allAt(everywhere(), here, position));
    }

    /** Up to where every segment has come, wherever it runs; empty while that is not known of all. */
    OptionalLong lowest() {
        Map<Segment, OptionalLong> all = new HashMap<>(here());
        if (!isWhole(List.copyOf(all.keySet()))) {
            everywhere().forEach(all::putIfAbsent);
        }
        if (all.isEmpty() || all.values().stream().anyMatch(OptionalLong::isEmpty)) {
            return OptionalLong.empty();
        }
        return all.values().stream().mapToLong(OptionalLong::getAsLong).min();
    }

    private static boolean allAt(Map<Segment, OptionalLong> stored, Map<Segment, OptionalLong> here, long position) {
        return !stored.isEmpty()
                && stored.entrySet().stream()
                        .filter(segment -> !here.containsKey(segment.getKey()))
                        .allMatch(segment -> isAt(segment.getValue(), position));
    }

    private static boolean isAt(OptionalLong current, long position) {
        return current.isPresent() && current.getAsLong() >= position;
    }

    private static Optional<OptionalLong> of(UserId person, Map<Segment, OptionalLong> segments) {
        return segments.entrySet().stream()
                .filter(segment ->
                        segment.getKey().matches((Object) person.value().toString()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private Map<Segment, OptionalLong> here() {
        Map<Segment, OptionalLong> positions = new HashMap<>();
        processor.ifPresent(running -> running.segments()
                .values()
                .forEach(status -> positions.put(status.getSegment(), ProjectionProcessor.position(status))));
        return positions;
    }

    private Map<Segment, OptionalLong> everywhere() {
        Map<Segment, OptionalLong> positions = new HashMap<>();
        for (SegmentProgress progress : tokens.progress(group)) {
            positions.put(progress.segment(), progress.position());
        }
        return positions;
    }

    /** Whether these segments are all there are: each with mask m takes one part in m + 1. */
    private static boolean isWhole(List<Segment> segments) {
        double share = segments.stream()
                .mapToDouble(segment -> 1.0 / (segment.getMask() + 1))
                .sum();
        return share == 1.0;
    }
}
