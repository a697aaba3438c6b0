package io.metachat.service.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.Test;

class SegmentPositionsTest {

    private final Map<Integer, EventTrackerStatus> here = new HashMap<>();
    private final Map<Segment, OptionalLong> tokens = new HashMap<>();
    private Supplier<Map<Segment, OptionalLong>> stored = () -> tokens;
    private final SegmentPositions positions =
            new SegmentPositions("entries", Optional.of(processor()), processor -> stored.get());

    @Test
    void shouldBeTheLowestOfAllSegments() {
        here(0, 70, 0, 1);
        here(1, 30, 0, 1);

        expectLowest(30);
    }

    @Test
    void shouldReadTheTokensOfOtherInstances() {
        here(0, 70, 0, 1);
        stored(0, 10, 0, 1);
        stored(1, 50, 0, 1);

        expectLowest(50);
    }

    @Test
    void shouldReadTheTokensWhereNoSegmentRunsHere() {
        stored(0, 10, 0, 1);
        stored(1, 50, 0, 1);

        expectLowest(10);
        assertThat(new SegmentPositions("entries", Optional.empty(), processor -> tokens).lowest())
                .hasValue(10);
    }

    @Test
    void shouldBeUnknownBeforeEverySegmentHasBegun() {
        here(0, 70, 0, 1);
        stored(0, 70, 0, 1);
        tokens.put(Segment.computeSegment(1, 0, 1), OptionalLong.empty());

        expectUnknown();
    }

    @Test
    void shouldBeUnknownBeforeASegmentHasBegunHere() {
        here.put(0, status(null, 0, 1));
        stored(1, 50, 0, 1);

        expectUnknown();
    }

    @Test
    void shouldBeUnknownWhereOtherSegmentsAreOutOfSight() {
        here(0, 70, 0, 1);

        expectUnknown();
    }

    @Test
    void shouldUnderstandSplitSegments() {
        here(0, 70, 0, 1, 2);
        here(2, 60, 0, 1, 2);
        here(1, 50, 0, 1, 2);

        expectLowest(50);
    }

    @Test
    void shouldTakeThePositionOfTheReplayAndOfTheSlowerPartOfAMerge() {
        TrackingToken replay =
                ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(70), new GlobalSequenceTrackingToken(30));
        TrackingToken merged =
                new MergedTrackingToken(new GlobalSequenceTrackingToken(60), new GlobalSequenceTrackingToken(20));

        assertThat(SegmentPositions.of(status(replay, 0))).hasValue(30);
        assertThat(SegmentPositions.of(status(merged, 0))).hasValue(20);
    }

    @Test
    void shouldNotReadTheTokensWhileASegmentIsBehindHere() {
        here(0, 70, 0, 1);
        stored = () -> {
            throw new AssertionError("The tokens cost a query");
        };

        assertThat(positions.hasReached(71)).isFalse();
    }

    @Test
    void shouldAskOnlyTheSegmentOfASequence() {
        Segment first = Segment.computeSegment(0, 0, 1);
        String ada = sequenceIn(first);
        String other = sequenceIn(Segment.computeSegment(1, 0, 1));
        here(0, 70, 0, 1);
        stored(1, 50, 0, 1);

        assertThat(positions.hasReached(70, ada)).isTrue();
        assertThat(positions.hasReached(71, ada)).isFalse();
        assertThat(positions.hasReached(50, other)).isTrue();
        assertThat(positions.hasReached(51, other)).isFalse();
    }

    @Test
    void shouldNotHaveReachedAPositionInASegmentThatIsOutOfSight() {
        String ada = sequenceIn(Segment.computeSegment(1, 0, 1));
        here(0, 70, 0, 1);

        assertThat(positions.hasReached(1, ada)).isFalse();
    }

    private void expectLowest(long position) {
        assertThat(positions.lowest()).hasValue(position);
        assertThat(positions.hasReached(position)).isTrue();
        assertThat(positions.hasReached(position + 1)).isFalse();
    }

    private void expectUnknown() {
        assertThat(positions.lowest()).isEmpty();
        assertThat(positions.hasReached(1)).isFalse();
    }

    private void here(int segment, long position, int... all) {
        here.put(segment, status(new GlobalSequenceTrackingToken(position), segment, all));
    }

    private void stored(int segment, long position, int... all) {
        tokens.put(Segment.computeSegment(segment, all), OptionalLong.of(position));
    }

    private static EventTrackerStatus status(TrackingToken token, int segment, int... all) {
        EventTrackerStatus status = mock(EventTrackerStatus.class);
        when(status.getSegment()).thenReturn(Segment.computeSegment(segment, all));
        when(status.getTrackingToken()).thenReturn(token);
        return status;
    }

    private static String sequenceIn(Segment segment) {
        for (int number = 0; ; number++) {
            if (segment.matches((Object) ("person-" + number))) {
                return "person-" + number;
            }
        }
    }

    private StreamingEventProcessor processor() {
        StreamingEventProcessor processor = mock(StreamingEventProcessor.class);
        when(processor.processingStatus()).thenReturn(here);
        return processor;
    }
}
