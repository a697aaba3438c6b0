package io.metachat.service.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.grpc.Context;
import io.grpc.Deadline;
import io.metachat.service.call.CallContext;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.error.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PositionAwaiterTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final AtomicInteger position = new AtomicInteger(7);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void shouldWaitUntilTheProcessorHasReachedThePosition() {
        timer.schedule(() -> position.set(12), 50, TimeUnit.MILLISECONDS);

        awaiter(LONG).await("entries", 12);

        assertThat(position).hasValue(12);
    }

    @Test
    void shouldReportNotYetAfterTheTimeout() {
        expectNotYet(() -> awaiter(SHORT).await("entries", 8));
    }

    @Test
    void shouldNotWaitForAPositionBeforeTheFirstEvent() {
        assertThatCode(() -> awaiter(LONG).await("unknown", 0)).doesNotThrowAnyException();
    }

    @Test
    void shouldNeverReachAPositionWithAProcessorThatDoesNotRunHere() {
        expectNotYet(() -> awaiter(SHORT).await("unknown", 1));
        assertThat(awaiter(SHORT).hasReached("unknown", 1)).isFalse();
    }

    @Test
    void shouldWaitForThePositionOfTheCall() {
        inCall(OptionalLong.of(8), () -> {
            expectNotYet(() -> awaiter(SHORT).awaitCallPosition("entries"));
            expectNotYet(() -> awaiter(SHORT).awaitCallPosition("entries", "ada"));
        });
        inCall(OptionalLong.of(7), () -> {
            awaiter(SHORT).awaitCallPosition("entries");
            awaiter(SHORT).awaitCallPosition("entries", "ada");
        });
        inCall(OptionalLong.empty(), () -> awaiter(SHORT).awaitCallPosition("unknown"));
    }

    @Test
    void shouldAnswerBeforeTheDeadlineOfTheCall() {
        Context.CancellableContext call =
                Context.current().withDeadline(Deadline.after(200, TimeUnit.MILLISECONDS), timer);
        try {
            call.run(() -> {
                expectNotYet(() -> awaiter(LONG).await("entries", 8));
                assertThat(call.getDeadline().isExpired()).isFalse();
            });
        } finally {
            call.cancel(null);
        }
    }

    @Test
    void shouldRefuseANameThatAxonsConfigurationDoesNotHave() {
        EventProcessingConfiguration processing = mock(EventProcessingConfiguration.class);
        when(processing.eventProcessor(anyString(), eq(StreamingEventProcessor.class)))
                .thenReturn(Optional.empty());
        PositionAwaiter awaiter =
                new PositionAwaiter(PositionAutoConfiguration.configured(processing), processor -> Map.of(), LONG);

        assertThatThrownBy(() -> awaiter.await("other", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other");
    }

    private PositionAwaiter awaiter(Duration timeout) {
        return new PositionAwaiter(
                name -> Optional.of(processor()).filter(processor -> name.equals("entries")),
                processor -> Map.of(),
                timeout);
    }

    private StreamingEventProcessor processor() {
        EventTrackerStatus status = mock(EventTrackerStatus.class);
        when(status.getSegment()).thenReturn(Segment.ROOT_SEGMENT);
        when(status.getTrackingToken()).thenReturn(new GlobalSequenceTrackingToken(position.get()));
        StreamingEventProcessor processor = mock(StreamingEventProcessor.class);
        when(processor.getName()).thenReturn("entries");
        when(processor.processingStatus()).thenReturn(Map.of(0, status));
        return processor;
    }

    private static void inCall(OptionalLong minPosition, Runnable task) {
        new CallContext(null, minPosition).in(Context.current()).run(task);
    }

    private static void expectNotYet(Runnable read) {
        assertThatThrownBy(read::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        behind -> assertThat(behind.problem())
                                .extracting(Problem::code, Problem::category)
                                .containsExactly("not-yet", ProblemCategory.NOT_YET));
    }
}
