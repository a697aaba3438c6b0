package io.metachat.benchmarks.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PromptCoordinatorExecutorTest {

    private final PromptCoordinatorExecutor executor = new PromptCoordinatorExecutor("orders");

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    @Test
    void shouldCutThePauseOfAFullBuffer() {
        assertThat(executor.schedule(() -> {}, 100, TimeUnit.MILLISECONDS).getDelay(TimeUnit.MILLISECONDS))
                .isLessThanOrEqualTo(1);
    }

    @Test
    void shouldLeaveOtherPausesAlone() {
        assertThat(executor.schedule(() -> {}, 500, TimeUnit.SECONDS).getDelay(TimeUnit.SECONDS))
                .isGreaterThan(490);
        assertThat(executor.schedule(() -> {}, 100, TimeUnit.SECONDS).getDelay(TimeUnit.SECONDS))
                .isGreaterThan(90);
    }

    @Test
    void shouldNameItsThreadAfterTheProcessor() throws Exception {
        assertThat(executor.submit(() -> Thread.currentThread().getName()).get())
                .startsWith("Coordinator[orders]");
    }
}
