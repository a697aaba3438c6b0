package io.metachat.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.embedded.process.RunningProcess;
import io.metachat.local.home.FreePorts;
import io.metachat.local.home.Home;
import io.metachat.local.home.LocalSettings;
import io.metachat.local.home.PortPlan;
import io.metachat.local.home.StateFile;
import io.metachat.local.home.SystemState;
import io.metachat.local.home.SystemState.ComponentStatus;
import io.metachat.local.home.SystemState.Phase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a supervisor in a JVM of its own, as it is in real life. */
class ShutdownTest {

    @TempDir
    Path directory;

    private Process supervisor;
    private SystemState state;

    @BeforeEach
    void startSupervisor() throws Exception {
        Home home = new Home(directory.resolve("home"));
        home.create();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SupervisorOfTwo.class.getName(),
                directory.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(FreePorts.plan().toEnvironment());
        supervisor = builder.start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> new StateFile(home)
                        .living()
                        .filter(seen -> seen.phase() == Phase.READY)
                        .isPresent());
        state = new StateFile(home).living().orElseThrow();
    }

    @Test
    void shouldEndTheSupervisorAndAllThatItStarted() {
        Shutdown shutdown = new Shutdown(state);
        assertThat(shutdown.isNeeded()).isTrue();

        shutdown.run();

        assertThat(shutdown.isNeeded()).isFalse();
        assertThat(processes()).allMatch(process -> process.find().isEmpty());
    }

    @Test
    void shouldFindNothingLeftAfterTheSupervisorWasKilled() {
        supervisor.destroyForcibly();

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !new Shutdown(state).isNeeded());
    }

    @Test
    void shouldStartAnewAfterTheSupervisorWasKilled() throws Exception {
        supervisor.destroyForcibly().waitFor();

        LocalSystem next = SupervisorOfTwo.claim(directory, FreePorts.plan());
        try {
            next.start();

            assertThat(processes()).allMatch(process -> process.find().isEmpty());
        } finally {
            next.stop();
        }
    }

    private List<RunningProcess> processes() {
        return Stream.concat(
                        Stream.of(state.supervisor()),
                        state.components().stream()
                                .map(ComponentStatus::process)
                                .flatMap(Stream::ofNullable))
                .toList();
    }

    /** A whole local system of two small programs. */
    static final class SupervisorOfTwo {

        private SupervisorOfTwo() {}

        public static void main(String[] arguments) throws InterruptedException {
            LocalSystem system = claim(Path.of(arguments[0]), PortPlan.of(System.getenv()));
            Runtime.getRuntime().addShutdownHook(new Thread(system::stop));
            system.start();
            Thread.currentThread().join();
        }

        static LocalSystem claim(Path directory, PortPlan ports) {
            Children children = new Children(directory);
            return LocalSystem.claim(
                    new LocalSettings(directory, new Home(directory.resolve("home")), ports, Set.of()),
                    state -> {},
                    Clock.systemUTC(),
                    settings -> List.of(List.of(children.running("store"), children.running("service"))));
        }
    }
}
