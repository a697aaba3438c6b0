package io.metachat.axon.cassandra.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private final BackOff backOff = new BackOff(Duration.ofMillis(250), Duration.ofSeconds(5));

    @Test
    void shouldDoubleEachDelayUpToTheMaximum() {
        assertThat(IntStream.rangeClosed(1, 7)
                        .mapToObj(backOff::after)
                        .map(Duration::toMillis)
                        .toList())
                .containsExactly(250L, 500L, 1_000L, 2_000L, 4_000L, 5_000L, 5_000L);
    }

    @Test
    void shouldStayAtTheMaximumHoweverManyAttemptsFail() {
        assertThat(backOff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(5));
        assertThat(new BackOff(Duration.ofMillis(1), Duration.ofDays(1)).after(64))
                .isEqualTo(Duration.ofDays(1));
    }

    @Test
    void shouldNotWaitLongerThanTheMaximumAtFirst() {
        assertThat(new BackOff(Duration.ofSeconds(9), Duration.ofSeconds(5)).after(1))
                .isEqualTo(Duration.ofSeconds(5));
    }
}
