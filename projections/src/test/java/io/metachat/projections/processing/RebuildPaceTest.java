package io.metachat.projections.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RebuildPaceTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(30);

    private final AtomicLong nanos = new AtomicLong(Long.MIN_VALUE);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void shouldLetEveryWriteBeginWhileNobodyReads() throws InterruptedException {
        RebuildPace pace = pace(LONG);

        for (int write = 0; write < 100; write++) {
            assertThat(pace.begin(Duration.ZERO)).isTrue();
        }

        assertThat(meters.get("metachat.projection.rebuild.writes").gauge().value())
                .isEqualTo(100);
        assertThat(waits()).isZero();
    }

    @Test
    void shouldHaveFewWritesUnderWayWhileSomebodyReads() throws InterruptedException {
        RebuildPace pace = pace(LONG);
        query(pace);

        assertThat(pace.begin(Duration.ZERO)).isTrue();
        assertThat(pace.begin(Duration.ZERO)).isTrue();
        assertThat(pace.begin(SHORT)).isFalse();
        CompletableFuture<Boolean> next = begin(pace);
        pace.end();

        assertThat(next.join()).isTrue();
        assertThat(waits()).isEqualTo(2);
    }

    @Test
    void shouldBeginNoWriteWhileAQueryIsAnswered() throws InterruptedException {
        RebuildPace pace = pace(LONG);
        pace.queryBegins();
        pace.queryBegins();

        CompletableFuture<Boolean> write = begin(pace);
        assertThat(pace.begin(SHORT)).isFalse();
        pace.queryEnds();
        assertThat(pace.begin(SHORT)).isFalse();
        assertThat(write).isNotDone();
        pace.queryEnds();

        assertThat(write.join()).isTrue();
    }

    @Test
    void shouldNotWaitForQueriesForEver() throws InterruptedException {
        RebuildPace pace = pace(SHORT);
        pace.queryBegins();

        assertThat(pace.begin(LONG)).isTrue();
        assertThat(pace.begin(LONG)).isTrue();
        assertThat(pace.begin(SHORT.multipliedBy(3))).as("more than a few").isFalse();
    }

    @Test
    void shouldGoAtFullPaceAgainWhenNobodyHasReadForAWhile() throws InterruptedException {
        RebuildPace pace = pace(LONG);
        query(pace);
        assertThat(pace.begin(Duration.ZERO)).isTrue();
        assertThat(pace.begin(Duration.ZERO)).isTrue();
        assertThat(pace.begin(Duration.ZERO)).isFalse();

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(pace.begin(Duration.ZERO)).isTrue();
    }

    private RebuildPace pace(Duration patience) {
        return new RebuildPace(2, patience, nanos::get, meters);
    }

    private static void query(RebuildPace pace) {
        pace.queryBegins();
        pace.queryEnds();
    }

    /** Begins a write on a thread of its own, and returns once that waits. */
    private CompletableFuture<Boolean> begin(RebuildPace pace) {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                begun.complete(pace.begin(LONG));
            } catch (InterruptedException e) {
                begun.completeExceptionally(e);
            }
        });
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return begun;
    }

    private long waits() {
        return meters.get("metachat.projection.rebuild.yielded").timer().count();
    }
}
