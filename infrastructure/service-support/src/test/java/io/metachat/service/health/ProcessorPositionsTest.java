package io.metachat.service.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.Assertions;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.junit.jupiter.api.Test;

class ProcessorPositionsTest {

    private final Map<Integer, EventTrackerStatus> here = new HashMap<>();
    private final Map<Integer, OptionalLong> stored = new HashMap<>();
    private final ProcessorPositions positions = new ProcessorPositions(processing(), processor -> stored);

    @Test
    void shouldBeTheLowestOfAllSegments() {
        here(0, 70, 0, 1);
        here(1, 30, 0, 1);

        assertThat(positions.position("entries")).hasValue(30);
    }

    @Test
    void shouldReadWhatOtherInstancesWorkOn() {
        here(0, 70, 0, 1);
        stored.put(0, OptionalLong.of(10));
        stored.put(1, OptionalLong.of(50));

        assertThat(positions.position("entries")).hasValue(50);
    }

    @Test
    void shouldBeReadWhereThisInstanceWorksOnNothing() {
        stored.put(0, OptionalLong.of(10));
        stored.put(1, OptionalLong.of(50));

        assertThat(positions.position("entries")).hasValue(10);
    }

    @Test
    void shouldNotBeKnownBeforeEverySegmentHasBegun() {
        here(0, 70, 0, 1);
        stored.put(0, OptionalLong.of(70));
        stored.put(1, OptionalLong.empty());

        assertThat(positions.position("entries")).isEmpty();
    }

    @Test
    void shouldNotBeKnownWhereOtherSegmentsAreOutOfSight() {
        here(0, 70, 0, 1);

        assertThat(positions.position("entries")).isEmpty();
    }

    @Test
    void shouldUnderstandSplitSegments() {
        here(0, 70, 0, 1, 2);
        here(2, 60, 0, 1, 2);
        here(1, 50, 0, 1, 2);

        assertThat(positions.position("entries")).hasValue(50);
    }

    @Test
    void shouldRefuseAProcessorThatIsNotThere() {
        Assertions.assertThatThrownBy(() -> positions.position("other")).hasMessageContaining("other");
    }

    private void here(int segment, long position, int... all) {
        EventTrackerStatus status = mock(EventTrackerStatus.class);
        when(status.getSegment()).thenReturn(Segment.computeSegment(segment, all));
        when(status.getCurrentPosition()).thenReturn(OptionalLong.of(position));
        here.put(segment, status);
    }

    private EventProcessingConfiguration processing() {
        StreamingEventProcessor processor = mock(StreamingEventProcessor.class);
        when(processor.processingStatus()).thenReturn(here);
        EventProcessingConfiguration processing = mock(EventProcessingConfiguration.class);
        when(processing.eventProcessor(anyString(), eq(StreamingEventProcessor.class)))
                .thenReturn(Optional.empty());
        when(processing.eventProcessor("entries", StreamingEventProcessor.class))
                .thenReturn(Optional.of(processor));
        return processing;
    }
}
