package io.metachat.axon.cassandra.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepeatedReasonTest {

    private final RepeatedReason reason = new RepeatedReason();

    @Test
    void shouldBeNewOnceUntilAnotherReasonComes() {
        assertThat(reason.isNew("refused")).isTrue();
        assertThat(reason.isNew("refused")).isFalse();
        assertThat(reason.isNew("timed out")).isTrue();
        assertThat(reason.isNew("refused")).isTrue();
    }

    @Test
    void shouldBeNewAgainAfterASuccess() {
        reason.isNew("refused");
        reason.clear();

        assertThat(reason.isNew("refused")).isTrue();
    }
}
