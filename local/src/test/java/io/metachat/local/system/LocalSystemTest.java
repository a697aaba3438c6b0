package io.metachat.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.metachat.embedded.process.Ports;
import io.metachat.embedded.process.RunningProcess;
import io.metachat.local.home.ComponentState;
import io.metachat.local.home.Endpoint;
import io.metachat.local.home.FreePorts;
import io.metachat.local.home.Home;
import io.metachat.local.home.LocalException;
import io.metachat.local.home.LocalSettings;
import io.metachat.local.home.StateFile;
import io.metachat.local.home.SystemState;
import io.metachat.local.home.SystemState.ComponentStatus;
import io.metachat.local.home.SystemState.Phase;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSystemTest {

    @TempDir
    Path directory;

    private LocalSettings settings;
    private StateFile stateFile;
    private Children children;

    @BeforeEach
    void arrange() {
        Home home = new Home(directory.resolve("home"));
        home.create();
        settings = new LocalSettings(directory, home, FreePorts.plan(), Set.of());
        stateFile = new StateFile(home);
        children = new Children(directory);
    }

    @Test
    void shouldTellOthersWhatRuns() {
        LocalSystem system = claim(List.of(children.running("store")));
        try {
            system.start();

            SystemState state = stateFile.living().orElseThrow();
            assertThat(state.phase()).isEqualTo(Phase.READY);
            assertThat(state.supervisor().pid())
                    .isEqualTo(ProcessHandle.current().pid());
            assertThat(state.ports()).containsEntry("gateway", settings.ports().of(Endpoint.GATEWAY));
            assertThat(state.components())
                    .extracting(ComponentStatus::name, ComponentStatus::state)
                    .containsExactly(tuple("store", ComponentState.READY));
        } finally {
            system.stop();
        }
        assertThat(stateFile.last().orElseThrow().phase()).isEqualTo(Phase.STOPPED);
    }

    @Test
    void shouldRememberWhyTheStartFailed() {
        LocalSystem system = claim(List.of(children.failing("store")));

        assertThatThrownBy(system::start).isInstanceOf(LocalException.class);

        SystemState state = stateFile.last().orElseThrow();
        assertThat(state.phase()).isEqualTo(Phase.FAILED);
        assertThat(state.failure()).contains("store ended with exit code 3");
        system.stop();
        assertThat(stateFile.last().orElseThrow().phase()).isEqualTo(Phase.FAILED);
    }

    @Test
    void shouldKeepASecondSystemOutOfTheSameHome() {
        LocalSystem first = claim(List.of());
        try {
            assertThatThrownBy(() -> claim(List.of()))
                    .isInstanceOf(LocalException.class)
                    .hasMessageContaining("another MetaChat is using");
        } finally {
            first.stop();
        }
        claim(List.of()).stop();
    }

    @Test
    void shouldStartNothingWhenAPortIsTaken() throws Exception {
        int port = settings.ports().of(Endpoint.KAFKA);
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(Ports.LOOPBACK, port));

            assertThatThrownBy(() -> claim(List.of(children.running("store"))))
                    .isInstanceOf(LocalException.class)
                    .hasMessageContaining("port " + port + " is taken, but kafka needs it");
        }
        assertThat(children.starts("store")).doesNotExist();
    }

    @Test
    void shouldNotTakeTheStateOfADeadSupervisorForALivingOne() {
        RunningProcess dead = new RunningProcess(ProcessHandle.current().pid(), "another start");
        stateFile.write(new SystemState(Phase.READY, dead, Instant.EPOCH, null, List.of(), Map.of()));

        assertThat(stateFile.living()).isEmpty();
        assertThat(stateFile.last()).isPresent();
    }

    private LocalSystem claim(List<Component> components) {
        return LocalSystem.claim(settings, state -> {}, Clock.systemUTC(), known -> List.of(components));
    }
}
