package io.metachat.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

    private static final String READY_THEN_WAITING = "echo up > ready; exec sleep 600";

    @TempDir
    Path directory;

    @Test
    void shouldReturnFromTheStartWhenTheProcessIsReady() {
        try (ServerProcess process = ServerProcess.start(spec(READY_THEN_WAITING))) {
            assertThat(process.isReady()).isTrue();
            assertThat(ProcessHandle.of(process.pid())).isPresent();
        }
    }

    @Test
    void shouldRunTheCommandUnderTheProcessIdItReports() throws Exception {
        try (ServerProcess process = ServerProcess.start(spec("echo $$ > pid; " + READY_THEN_WAITING))) {
            assertThat(Files.readString(directory.resolve("pid")).strip()).isEqualTo(Long.toString(process.pid()));
        }
    }

    @Test
    void shouldGiveTheProcessItsEnvironment() {
        ProcessSpec spec = spec("echo \"$GREETING\"; " + READY_THEN_WAITING, Map.of("GREETING", "good morning"));

        try (ServerProcess process = ServerProcess.start(spec)) {
            assertThat(LogTail.of(process.log(), 0, 5)).containsExactly("good morning");
        }
    }

    @Test
    void shouldFailAsSoonAsTheProcessEndsWithItsLastLines() {
        ProcessSpec spec = spec("for i in $(seq 100); do echo line $i; done; exit 3");

        assertThatThrownBy(() -> ServerProcess.start(spec))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("Test server ended with exit code 3 before it was ready")
                .hasMessageContaining("line 81\n")
                .hasMessageContaining("line 100")
                .hasMessageNotContaining("line 80\n");
    }

    @Test
    void shouldNotShowLinesOfAFormerRun() throws Exception {
        Files.writeString(directory.resolve("server.log"), "of the former run\n");

        assertThatThrownBy(() -> ServerProcess.start(spec("echo of this run; exit 1")))
                .hasMessageContaining("of this run")
                .hasMessageNotContaining("of the former run");
    }

    @Test
    void shouldKillAProcessThatDoesNotBecomeReady() {
        ServerProcess process = ServerProcess.launch(spec("exec sleep 600", Map.of(), Duration.ofMillis(300)));

        assertThatThrownBy(process::awaitReady)
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("was not ready after");
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void shouldSayWhatCannotBeStarted() {
        ProcessSpec spec = new ProcessSpec(
                "Test server",
                List.of("/no/such/program"),
                Map.of(),
                directory,
                directory.resolve("server.log"),
                () -> false,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));

        assertThatThrownBy(() -> ServerProcess.start(spec))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("exit code 127")
                .hasMessageContaining("/no/such/program");
    }

    @Test
    void shouldLetTheProcessStopInPeace() {
        ServerProcess process = ServerProcess.start(
                spec("trap 'echo goodbye; exit 0' TERM; echo up > ready; while :; do sleep 0.1; done"));

        assertThat(process.stop()).isTrue();

        assertThat(LogTail.of(process.log(), 0, 1)).containsExactly("goodbye");
    }

    @Test
    void shouldKillAProcessThatDoesNotStop() {
        ServerProcess process = ServerProcess.start(spec("trap '' TERM; echo up > ready; while :; do sleep 0.1; done"));

        assertThat(process.stop()).isFalse();

        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void shouldTellTheExitCode() throws Exception {
        ServerProcess process = ServerProcess.launch(spec("exit 42"));

        assertThat(process.onExit().get(10, TimeUnit.SECONDS)).isEqualTo(42);
    }

    @Test
    void shouldNotStopAtCtrlCWhichIsForTheParent() throws Exception {
        try (ServerProcess process = ServerProcess.start(spec(READY_THEN_WAITING))) {
            signal("INT", process.pid());
            signal("HUP", process.pid());

            Awaitility.await()
                    .during(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(5))
                    .until(process::isAlive);
        }
    }

    @Test
    void shouldEndWhenItsParentIsKilled() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParentOfOne.class.getName(),
                        directory.toString())
                .start();
        long child = Long.parseLong(parent.inputReader().readLine());
        assertThat(ProcessHandle.of(child)).isPresent();

        parent.destroyForcibly();

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() ->
                        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    /** Starts a child that ignores TERM, says its process id and waits to be killed. */
    static final class ParentOfOne {

        private ParentOfOne() {}

        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            ServerProcess child = ServerProcess.start(new ProcessSpec(
                    "Child",
                    List.of("/bin/sh", "-c", "trap '' TERM; echo up > ready; while :; do sleep 0.1; done"),
                    Map.of(),
                    directory,
                    directory.resolve("server.log"),
                    () -> Files.exists(directory.resolve("ready")),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1)));
            System.out.println(child.pid());
            System.in.transferTo(System.out);
        }
    }

    private ProcessSpec spec(String script) {
        return spec(script, Map.of());
    }

    private ProcessSpec spec(String script, Map<String, String> environment) {
        return spec(script, environment, Duration.ofSeconds(20));
    }

    private ProcessSpec spec(String script, Map<String, String> environment, Duration startTimeout) {
        return new ProcessSpec(
                "Test server",
                List.of("/bin/sh", "-c", script),
                environment,
                directory,
                directory.resolve("server.log"),
                () -> Files.exists(directory.resolve("ready")),
                startTimeout,
                Duration.ofSeconds(1));
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder("/bin/kill", "-" + name, Long.toString(pid))
                .start()
                .waitFor();
        assertThat(exitCode).isZero();
    }
}
