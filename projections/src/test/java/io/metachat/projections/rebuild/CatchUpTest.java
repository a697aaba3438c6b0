package io.metachat.projections.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CatchUpTest {

    private final CatchUp catchUp = new CatchUp(Duration.ofSeconds(2));

    @Test
    void shouldBeThereAtTheEndOfTheStore() {
        assertThat(catchUp.isThere(100, 100, seconds(0))).isTrue();
    }

    @Test
    void shouldNotBeThereWhileTheStoreIsAhead() {
        assertThat(catchUp.isThere(50, 100, seconds(0))).isFalse();
        assertThat(catchUp.isThere(99, 100, seconds(60))).isFalse();
    }

    @Test
    void shouldBeThereWithWhatTheStoreHadAMomentAgo() {
        assertThat(catchUp.isThere(0, 100, seconds(0))).isFalse();
        assertThat(catchUp.isThere(90, 110, seconds(1))).isFalse();
        assertThat(catchUp.isThere(100, 120, seconds(2))).isTrue();
    }

    @Test
    void shouldNotBeThereWithWhatTheStoreHadLongAgo() {
        catchUp.isThere(0, 100, seconds(0));
        catchUp.isThere(50, 1_000, seconds(10));

        assertThat(catchUp.isThere(150, 2_000, seconds(11))).isFalse();
        assertThat(catchUp.isThere(1_000, 2_500, seconds(12))).isTrue();
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
