package io.metachat.local.system;

import io.metachat.embedded.process.RunningProcess;
import io.metachat.local.home.LocalException;
import io.metachat.local.home.SystemState;
import io.metachat.local.home.SystemState.ComponentStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Ends a running system from outside. */
public final class Shutdown {

    private static final Duration IN_PEACE = Duration.ofSeconds(180);
    private static final Duration BY_FORCE = Duration.ofSeconds(10);

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

    /** Whether the supervisor or anything that it has started still runs. */
    public boolean isNeeded() {
        return processes.stream().anyMatch(process -> process.find().isPresent());
    }

    /**
     * Tells the supervisor to stop and returns when neither it nor a component runs. What does not stop in time is
     * killed.
     *
     * @throws LocalException when something cannot be killed
     */
    public void run() {
        supervisor.find().ifPresent(ProcessHandle::destroy);
        processes.forEach(Shutdown::end);
    }

    private static void end(RunningProcess process) {
        if (!process.endsWithin(IN_PEACE)) {
            process.find().ifPresent(ProcessHandle::destroyForcibly);
            if (!process.endsWithin(BY_FORCE)) {
                throw new LocalException("process " + process.pid() + " cannot be ended");
            }
        }
    }
}
