package io.metachat.local.system;

import io.metachat.embedded.process.RunningProcess;
import io.metachat.local.home.LocalException;
import io.metachat.local.home.SystemState;
import io.metachat.local.home.SystemState.ComponentStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Stops a running system from another process. */
public final class Shutdown {

    private static final Duration GRACE = Duration.ofSeconds(180);
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

    private final List<RunningProcess> processes;
    private final RunningProcess supervisor;

    public Shutdown(SystemState state) {
        this.supervisor = state.supervisor();
        this.processes = Stream.concat(
                        Stream.of(supervisor),
                        state.components().stream()
                                .map(ComponentStatus::process)
                                .flatMap(Stream::ofNullable))
                .toList();
    }

    /** Whether the supervisor or one of its components still runs. */
    public boolean isNeeded() {
        return processes.stream().anyMatch(process -> process.find().isPresent());
    }

    /**
     * Signals the supervisor to stop, and returns when neither it nor a component runs. Kills processes that do not
     * stop in time.
     *
     * @throws LocalException if a process cannot be killed
     */
    public void run() {
        supervisor.find().ifPresent(ProcessHandle::destroy);
        processes.forEach(Shutdown::end);
    }

    private static void end(RunningProcess process) {
        if (!process.endsWithin(GRACE)) {
            process.find().ifPresent(ProcessHandle::destroyForcibly);
            if (!process.endsWithin(KILL_TIMEOUT)) {
                throw new LocalException("process " + process.pid() + " cannot be killed");
            }
        }
    }
}
