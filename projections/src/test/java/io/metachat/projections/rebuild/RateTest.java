package io.metachat.projections.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateTest {

    private final Rate rate = new Rate();

    @Test
    void shouldKnowNothingBeforeTheSecondLook() {
        rate.at(100, 0);

        assertThat(rate.perSecond()).isZero();
        assertThat(rate.left(1_000)).isEmpty();
    }

    @Test
    void shouldTellHowLongTheRestTakes() {
        rate.at(0, 0);
        rate.at(500, TimeUnit.SECONDS.toNanos(5));

        assertThat(rate.perSecond()).isEqualTo(100);
        assertThat(rate.left(1_000)).contains(Duration.ofSeconds(10));
        assertThat(rate.left(-5)).contains(Duration.ZERO);
    }

    @Test
    void shouldFollowAChangeOfSpeedWithinHalfAMinute() {
        rate.at(0, 0);
        rate.at(100, TimeUnit.SECONDS.toNanos(1));
        for (int second = 2; second <= 31; second++) {
            rate.at(100 + 10L * (second - 1), TimeUnit.SECONDS.toNanos(second));
        }

        assertThat(rate.perSecond()).isCloseTo(10, within(12.0));
    }
}
