package io.metachat.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(5));

    @Test
    void shouldDoubleWithEveryFailure() {
        assertThat(backoff.delay(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.delay(2)).isEqualTo(Duration.ofSeconds(2));
        assertThat(backoff.delay(3)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void shouldNotWaitLongerThanTheLongest() {
        assertThat(backoff.delay(4)).isEqualTo(Duration.ofSeconds(5));
        assertThat(backoff.delay(1_000_000)).isEqualTo(Duration.ofSeconds(5));
    }
}
