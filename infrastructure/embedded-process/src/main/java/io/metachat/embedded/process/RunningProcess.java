package io.metachat.embedded.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process that one JVM notes and another JVM finds again. Process ids are reused, so the start time is part of the
 * identity.
 *
 * @param start the start time in the operating system's own format; empty where it is unknown
 */
public record RunningProcess(long pid, String start) {

    private static final int POLL_MILLIS = 50;

    public static RunningProcess of(long pid) {
        return new RunningProcess(pid, startOf(pid));
    }

    /** Returns the process if it still runs. A zombie does not run. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(found -> start.isEmpty() || start.equals(startOf(pid)))
                // The handle reports a zombie as alive, and in a container nobody may ever reap it.
                .filter(found -> !LinuxStat.of(pid).map(LinuxStat::isZombie).orElse(false));
    }

    /** Waits for its end and returns whether it has ended. An interrupt also ends the wait, and is preserved. */
    public boolean endsWithin(Duration time) {
        Instant deadline = Instant.now().plus(time);
        while (find().isPresent()) {
            if (Instant.now().isAfter(deadline)) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private static String startOf(long pid) {
        return LinuxStat.of(pid)
                .map(LinuxStat::startTicks)
                .or(() -> ProcessHandle.of(pid)
                        .flatMap(process -> process.info().startInstant())
                        .map(Instant::toString))
                .orElse("");
    }

    /**
     * The line of {@code /proc/PID/stat}.
     *
     * @param startTicks ticks since the boot. The handle derives its start from these and the wall clock, so it changes
     *     when the clock is set.
     */
    private record LinuxStat(boolean isZombie, String startTicks) {

        private static final int STATE = 0;
        private static final int START = 19;

        /** Returns empty if the process has ended or the system is not Linux. */
        static Optional<LinuxStat> of(long pid) {
            Path stat = Path.of("/proc", Long.toString(pid), "stat");
            try {
                String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
                // The program's name is in parentheses, and may contain spaces and parentheses.
                String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
                return Optional.of(new LinuxStat(fields[STATE].equals("Z"), fields[START]));
            } catch (IOException noSuchFile) {
                return Optional.empty();
            }
        }
    }
}
