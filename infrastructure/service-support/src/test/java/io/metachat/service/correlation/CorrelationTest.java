package io.metachat.service.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class CorrelationTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void shouldTakeOverWhatTheCallerSent() {
        Correlation correlation = Correlation.accept("order-7", TRACE);

        assertThat(correlation.id()).isEqualTo("order-7");
        assertThat(correlation.trace()).hasToString(TRACE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "line\nbreak", "ünïcode", "quote\"", "<script>"})
    void shouldReplaceAnIdThatCouldBreakALogOrAHeader(String offered) {
        assertThat(UUID.fromString(Correlation.accept(offered, null).id())).isNotNull();
        assertThat(UUID.fromString(Correlation.accept("x".repeat(129), null).id()))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"
            })
    void shouldStartATraceWhereNoneIsWellFormed(String offered) {
        TraceParent trace = Correlation.accept(null, offered).trace();

        assertThat(TraceParent.parse(trace.toString())).contains(trace);
        assertThat(trace.traceId()).isNotEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void shouldGoOnWithTheSameTraceInAnotherSpan() {
        TraceParent trace = TraceParent.parse(TRACE).orElseThrow();

        assertThat(trace.child().traceId()).isEqualTo(trace.traceId());
        assertThat(trace.child().spanId()).isNotEqualTo(trace.spanId());
    }

    @Test
    void shouldBeBoundToTheThreadAndItsLogLinesAndThenNoLonger() {
        Correlation outer = Correlation.accept("outer", TRACE);
        Correlation inner = Correlation.accept("inner", null);
        try (Correlation.Scope first = outer.open()) {
            try (Correlation.Scope second = inner.open()) {
                assertThat(Correlation.current()).contains(inner);
                assertThat(MDC.get("correlationId")).isEqualTo("inner");
            }
            assertThat(Correlation.current()).contains(outer);
            assertThat(MDC.get("correlationId")).isEqualTo("outer");
            assertThat(MDC.get("traceId")).isEqualTo(outer.trace().traceId());
        }
        assertThat(Correlation.current()).isEmpty();
        assertThat(MDC.get("correlationId")).isNull();
        assertThat(MDC.get("traceId")).isNull();
    }

    @Test
    void shouldGoToAnotherThreadWithATask() throws InterruptedException {
        Correlation correlation = Correlation.accept("order-7", null);
        AtomicReference<Correlation> seen = new AtomicReference<>();
        Thread thread =
                new Thread(correlation.wrap(() -> seen.set(Correlation.current().orElseThrow())));
        thread.start();
        thread.join();

        assertThat(seen).hasValue(correlation);
    }
}
