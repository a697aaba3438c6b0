package io.metachat.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.metachat.embedded.process.Backoff;
import io.metachat.embedded.process.RunningProcess;
import io.metachat.local.home.ComponentState;
import io.metachat.local.home.LocalException;
import io.metachat.local.home.SystemState.ComponentStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    private static final RestartPolicy SHORT =
            new RestartPolicy(new Backoff(Duration.ofMillis(50), 2, Duration.ofMillis(200)), Duration.ofHours(1));

    @TempDir
    Path directory;

    private Children children;
    private Supervisor supervisor;
    private final ConcurrentLinkedQueue<String> history = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void arrange() {
        children = new Children(directory);
    }

    @AfterEach
    void stop() {
        supervisor.stop();
    }

    @Test
    void shouldReportEveryComponentAsReadyWithItsProcess() {
        supervise(List.of(List.of(children.running("store")), List.of(children.running("service"))));

        supervisor.start();

        assertThat(supervisor.components())
                .extracting(ComponentStatus::name, ComponentStatus::state)
                .containsExactly(tuple("store", ComponentState.READY), tuple("service", ComponentState.READY));
        assertThat(processOf("store").find()).isPresent();
    }

    @Test
    void shouldStartAStageOnlyWhenTheOneBeforeIsReady() {
        supervise(List.of(List.of(children.running("store")), List.of(children.running("service"))));

        supervisor.start();

        List<String> seen = List.copyOf(history);
        assertThat(seen.indexOf("service starting")).isGreaterThan(seen.indexOf("store ready"));
    }

    @Test
    void shouldStopInTheOppositeOrderAndLeaveNothingRunning() {
        supervise(List.of(List.of(children.running("store")), List.of(children.running("service"))));
        supervisor.start();
        RunningProcess store = processOf("store");
        RunningProcess service = processOf("service");

        supervisor.stop();

        List<String> seen = List.copyOf(history);
        assertThat(seen.indexOf("store stopped")).isGreaterThan(seen.indexOf("service stopped"));
        assertThat(store.find()).isEmpty();
        assertThat(service.find()).isEmpty();
    }

    @Test
    void shouldStartAgainWhatDies() {
        supervise(List.of(List.of(children.running("store"))));
        supervisor.start();
        RunningProcess first = processOf("store");

        first.find().orElseThrow().destroyForcibly();

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            ComponentStatus status = supervisor.components().get(0);
            assertThat(status.state()).isEqualTo(ComponentState.READY);
            assertThat(status.restarts()).isEqualTo(1);
            assertThat(Objects.requireNonNull(status.process()).pid()).isNotEqualTo(first.pid());
        });
        assertThat(history).contains("store died: ended with exit code 137; restarts in 0 s");
    }

    @Test
    void shouldGoOnTryingWhenARestartFails() throws Exception {
        Component store = children.running("store");
        supervise(List.of(List.of(store)));
        supervisor.start();
        // From now on it cannot start: its log is a directory.
        Files.delete(store.log());
        Files.createDirectories(store.log());

        processOf("store").find().orElseThrow().destroyForcibly();

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> supervisor.components().get(0).restarts() >= 3);
        Files.delete(store.log());
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> supervisor.components().get(0).state() == ComponentState.READY);
    }

    @Test
    void shouldStopTheOthersWhenOneCannotStart() {
        supervise(List.of(List.of(children.running("store"), children.failing("service"))));

        assertThatThrownBy(supervisor::start)
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("service ended with exit code 3")
                .hasMessageContaining("no luck");

        assertThat(supervisor.components()).extracting(ComponentStatus::process).containsOnlyNulls();
        assertThat(supervisor.components()).extracting(ComponentStatus::state).containsOnly(ComponentState.STOPPED);
    }

    @Test
    void shouldNotWaitForTheOthersWhenOneCannotStart() {
        supervise(List.of(List.of(children.hanging("store"), children.failing("service"))));
        long begin = System.nanoTime();

        assertThatThrownBy(supervisor::start).isInstanceOf(LocalException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void shouldStopWhileItStarts() {
        supervise(List.of(List.of(children.hanging("store"))));
        CompletableFuture<Void> start = CompletableFuture.runAsync(supervisor::start);
        Awaitility.await().until(() -> history.contains("store starting"));

        supervisor.stop();

        assertThatThrownBy(start::join).hasRootCauseInstanceOf(RuntimeException.class);
        assertThat(supervisor.components().get(0).state()).isEqualTo(ComponentState.STOPPED);
    }

    @Test
    void shouldNotStartAgainWhatIsStopped() throws Exception {
        supervise(List.of(List.of(children.running("store"))));
        supervisor.start();

        supervisor.stop();

        assertThat(Files.readAllLines(children.starts("store"))).hasSize(1);
        assertThat(history).noneMatch(line -> line.startsWith("store died"));
    }

    private void supervise(List<List<Component>> stages) {
        supervisor = new Supervisor(stages, SHORT, Clock.systemUTC(), this::note);
    }

    private RunningProcess processOf(String name) {
        return supervisor.components().stream()
                .filter(component -> component.name().equals(name))
                .map(ComponentStatus::process)
                .findFirst()
                .orElseThrow();
    }

    private void note() {
        for (ComponentStatus component : supervisor.components()) {
            String line = component.name() + " " + component.state().label()
                    + (component.note() == null ? "" : ": " + component.note());
            if (!history.contains(line)) {
                history.add(line);
            }
        }
    }
}
