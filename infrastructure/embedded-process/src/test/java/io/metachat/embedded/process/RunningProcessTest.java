package io.metachat.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunningProcessTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void shouldFindAProcessThatRuns() throws IOException {
        Process process = new ProcessBuilder("/bin/sleep", "600").start();
        RunningProcess noted = RunningProcess.of(process.pid());

        assertThat(noted.find()).isPresent();
        assertThat(noted.endsWithin(Duration.ofMillis(100))).isFalse();

        process.destroyForcibly();
        assertThat(noted.endsWithin(LONG)).isTrue();
        assertThat(noted.find()).isEmpty();
    }

    @Test
    void shouldNotTakeAnotherProcessWithTheSameIdForIt() {
        RunningProcess former = new RunningProcess(ProcessHandle.current().pid(), "another start");

        assertThat(former.find()).isEmpty();
    }

    @Test
    void shouldNotTakeAZombieForARunningProcess() throws IOException {
        // The shell becomes a program that never looks after the child that the shell has started.
        Process parent = new ProcessBuilder("/bin/sh", "-c", "sleep 0.3 & echo $!; exec sleep 600").start();
        try {
            RunningProcess child =
                    RunningProcess.of(Long.parseLong(parent.inputReader().readLine()));

            assertThat(child.endsWithin(LONG)).isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }
}
