package io.metachat.projections.position;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LagsTest {

    @Test
    void shouldBeWhatWasCountedWhereNothingLiesBeyond() {
        assertThat(Lags.events(7, 4_000, 0)).isEqualTo(7);
        assertThat(Lags.events(7, 4_000, -100)).isEqualTo(7);
    }

    @Test
    void shouldEstimateWhatLiesBeyondFromTheLengthOfWhatWasCounted() {
        assertThat(Lags.events(1_000, 500_000, 4_500_000)).isEqualTo(10_000);
    }
}
