package io.metachat.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "1970-01-01T00:00:00Z",
                "2026-03-01T12:00:00.123Z",
                "9999-12-31T23:59:59.999Z"
            })
    void shouldComeBackFromAMessageAsItWas(String text) {
        Instant time = Instant.parse(text);

        assertThat(Times.instant(Times.timestamp(time))).isEqualTo(time);
    }

    @Test
    void shouldDropWhatIsFinerThanAMillisecond() {
        assertThat(Times.timestamp(Instant.parse("2026-03-01T12:00:00.123456789Z"))
                        .getNanos())
                .isEqualTo(123_000_000);
    }

    @Test
    void shouldKnowTimesOutsideOfTheProtocolsYears() {
        Timestamp late = Timestamp.newBuilder().setSeconds(253_402_300_800L).build();
        Timestamp early = Timestamp.newBuilder().setSeconds(-62_135_596_801L).build();
        Timestamp malformed = Timestamp.newBuilder().setNanos(1_000_000_000).build();

        assertThat(Times.isValid(late)).isFalse();
        assertThat(Times.isValid(early)).isFalse();
        assertThat(Times.isValid(malformed)).isFalse();
        assertThatThrownBy(() -> Times.instant(late)).isInstanceOf(IllegalArgumentException.class);
    }
}
