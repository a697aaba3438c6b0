package io.metachat.local.system;

import io.metachat.embedded.process.RunningProcess;
import io.metachat.local.home.LocalException;
import io.metachat.local.home.LocalSettings;
import io.metachat.local.home.StateFile;
import io.metachat.local.home.SystemState;
import io.metachat.local.home.SystemState.ComponentStatus;
import io.metachat.local.home.SystemState.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A running MetaChat of one home, owned by this process: its supervisor and its published state. */
public final class LocalSystem {

    /** The time limit for the processes of a killed supervisor to end. */
    private static final Duration FORMER_RUN = Duration.ofSeconds(60);

    private final LocalSettings settings;
    private final StateFile stateFile;
    private final Supervisor supervisor;
    private final RunningProcess self =
            RunningProcess.of(ProcessHandle.current().pid());
    private final Instant since;
    private final FileLock lock;
    private final Consumer<SystemState> observer;
    private Phase phase = Phase.STARTING;
    private @Nullable String failure;

    private LocalSystem(
            LocalSettings settings,
            StateFile stateFile,
            FileLock lock,
            List<List<Component>> stages,
            Clock clock,
            Consumer<SystemState> observer) {
        this.settings = settings;
        this.stateFile = stateFile;
        this.lock = lock;
        this.observer = observer;
        this.since = clock.instant();
        this.supervisor = new Supervisor(stages, RestartPolicy.USUAL, clock, this::publish);
    }

    /**
     * Locks the home and checks the ports. Starts nothing yet.
     *
     * @param observer receives every change, one at a time; must return quickly
     * @throws LocalException if the home is in use or a port is taken
     */
    public static LocalSystem claim(LocalSettings settings, Consumer<SystemState> observer) {
        return claim(settings, observer, Clock.systemUTC(), known -> new Components(known).stages());
    }

    static LocalSystem claim(
            LocalSettings settings,
            Consumer<SystemState> observer,
            Clock clock,
            Function<LocalSettings, List<List<Component>>> stages) {
        settings.home().create();
        StateFile stateFile = new StateFile(settings.home());
        FileLock lock = stateFile
                .lock()
                .orElseThrow(() -> new LocalException(
                        "another MetaChat is using " + settings.home().path()));
        awaitEndOfFormerRun(stateFile);
        settings.ports().requireFree();
        LocalSystem system = new LocalSystem(settings, stateFile, lock, stages.apply(settings), clock, observer);
        system.publish();
        return system;
    }

    /**
     * Starts everything and returns when all of it is ready.
     *
     * @throws LocalException if a component does not become ready; nothing runs then
     */
    public void start() {
        try {
            supervisor.start();
            enter(Phase.READY, null);
        } catch (LocalException e) {
            enter(Phase.FAILED, e.getMessage());
            throw e;
        }
    }

    /** Stops everything and returns when nothing runs. A shutdown hook may call it, even during the start. */
    public void stop() {
        enter(Phase.STOPPING, null);
        supervisor.stop();
        enter(Phase.STOPPED, null);
        release();
    }

    private void release() {
        try {
            lock.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock " + settings.home().path(), e);
        }
    }

    private synchronized void enter(Phase next, @Nullable String reason) {
        // A failed start also stops everything; the state must keep the reason of the failure.
        if (phase != Phase.FAILED) {
            phase = next;
            failure = reason;
        }
        publish();
    }

    private synchronized void publish() {
        Map<String, Integer> ports = new TreeMap<>();
        settings.ports().asMap().forEach((endpoint, port) -> ports.put(endpoint.label(), port));
        SystemState state = new SystemState(phase, self, since, failure, supervisor.components(), ports);
        stateFile.write(state);
        observer.accept(state);
    }

    /** The children of a killed supervisor end by themselves, but Cassandra needs seconds to do so. */
    private static void awaitEndOfFormerRun(StateFile stateFile) {
        List<ComponentStatus> former =
                stateFile.last().map(SystemState::components).orElse(List.of());
        for (ComponentStatus component : former) {
            RunningProcess process = component.process();
            if (process != null && !process.endsWithin(FORMER_RUN)) {
                throw new LocalException(
                        "process " + process.pid() + ", the " + component.name() + " of an earlier run, does not end");
            }
        }
    }
}
