package io.metachat.projections.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CatchUpTest {

    private final CatchUp catchUp = new CatchUp(Duration.ofSeconds(2));

    @Test
    void shouldBeThereAtTheEndOfTheStore() {
        assertThat(catchUp.hasCaughtUp(100, 100, seconds(0))).isTrue();
    }

    @Test
    void shouldNotBeThereWhileTheStoreIsAhead() {
        assertThat(catchUp.hasCaughtUp(50, 100, seconds(0))).isFalse();
        assertThat(catchUp.hasCaughtUp(99, 100, seconds(60))).isFalse();
    }

    @Test
    void shouldBeThereWithWhatTheStoreHadAMomentAgo() {
        assertThat(catchUp.hasCaughtUp(0, 100, seconds(0))).isFalse();
        assertThat(catchUp.hasCaughtUp(90, 110, seconds(1))).isFalse();
        assertThat(catchUp.hasCaughtUp(100, 120, seconds(2))).isTrue();
    }

    @Test
    void shouldNotBeThereWithWhatTheStoreHadLongAgo() {
        catchUp.hasCaughtUp(0, 100, seconds(0));
        catchUp.hasCaughtUp(50, 1_000, seconds(10));

        assertThat(catchUp.hasCaughtUp(150, 2_000, seconds(11))).isFalse();
        assertThat(catchUp.hasCaughtUp(1_000, 2_500, seconds(12))).isTrue();
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
