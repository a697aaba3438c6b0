package io.metachat.service.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(2), Duration.ofMillis(25));

    @Test
    void shouldDoubleUpToTheLongestDelay() {
        assertThat(IntStream.rangeClosed(1, 6).mapToObj(backoff::delay).map(Duration::toMillis))
                .containsExactly(2L, 4L, 8L, 16L, 25L, 25L);
    }

    @Test
    void shouldStayAtTheLongestDelayForEver() {
        assertThat(backoff.delay(Integer.MAX_VALUE)).isEqualTo(Duration.ofMillis(25));
    }

    @Test
    void shouldSpreadJitteredDelaysBetweenZeroAndTheDelay() {
        assertThat(IntStream.range(0, 1_000).mapToObj(any -> backoff.jittered(4)))
                .allMatch(delay -> !delay.isNegative() && delay.compareTo(Duration.ofMillis(16)) <= 0)
                .anyMatch(delay -> delay.compareTo(Duration.ofMillis(8)) < 0)
                .anyMatch(delay -> delay.compareTo(Duration.ofMillis(8)) > 0);
    }

    @Test
    void shouldRefuseADelayThatDoesNotGrowFromAPositiveOne() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
