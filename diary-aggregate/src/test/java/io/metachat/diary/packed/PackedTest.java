package io.metachat.diary.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferUnderflowException;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, Long.MAX_VALUE})
    void shouldReadBackNumbersOfEverySize(long number) {
        PackedOutput out = new PackedOutput();
        out.number(number);

        assertThat(new PackedInput(out.bytes()).number()).isEqualTo(number);
    }

    @Test
    void shouldRefuseANegativeNumber() {
        assertThatThrownBy(() -> new PackedOutput().number(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "2026-03-01T20:15:30.123Z", "1950-05-01T00:00:00.001Z"})
    void shouldReadBackTimesToTheMillisecond(Instant time) {
        PackedOutput out = new PackedOutput();
        out.time(time);

        assertThat(new PackedInput(out.bytes()).time()).isEqualTo(time);
    }

    @Test
    void shouldWriteARepeatedWordOnce() {
        PackedOutput out = new PackedOutput();
        out.word("grüße");
        int once = out.bytes().length;
        out.word("grüße");
        out.word("other");
        PackedInput in = new PackedInput(out.bytes());

        assertThat(once).isEqualTo(9);
        assertThat(in.word()).isEqualTo("grüße");
        assertThat(in.word()).isEqualTo("grüße");
        assertThat(in.word()).isEqualTo("other");
        assertThat(in.isAtEnd()).isTrue();
    }

    @Test
    void shouldReadBackWhatWasWrittenInTheSameOrder() {
        Random random = new Random(11);
        UUID uuid = UUID.randomUUID();
        PackedOutput out = new PackedOutput();
        double real = random.nextGaussian();
        out.uuid(uuid);
        out.flag(true);
        out.real(real);
        out.flag(false);
        PackedInput in = new PackedInput(out.bytes());

        assertThat(in.uuid()).isEqualTo(uuid);
        assertThat(in.flag()).isTrue();
        assertThat(in.real()).isEqualTo(real);
        assertThat(in.flag()).isFalse();
        assertThat(in.isAtEnd()).isTrue();
    }

    @Test
    void shouldNotReadPastTheEnd() {
        assertThatThrownBy(() -> new PackedInput(new byte[] {1, 2, 3}).uuid())
                .isInstanceOf(BufferUnderflowException.class);
        assertThatThrownBy(() -> new PackedInput(new byte[] {
                            (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff,
                            (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff
                        })
                        .number())
                .isInstanceOf(IllegalStateException.class);
    }
}
