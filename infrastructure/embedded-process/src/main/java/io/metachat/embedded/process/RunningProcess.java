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
 * A process, noted by one JVM and found again by another. Process ids are used again; only the same start makes it
 * the same process.
 *
 * @param start when it began, in the operating system's own terms; empty where it does not tell
 */
public record RunningProcess(long pid, String start) {

    private static final int MILLIS_BETWEEN_LOOKS = 50;

    public static RunningProcess of(long pid) {
        return new RunningProcess(pid, startOf(pid));
    }

    /** The process, if it still runs; one that has ended and waits for its parent to notice does not. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(found -> start.isEmpty() || start.equals(startOf(pid)))
                // The handle calls a zombie alive, and in containers nobody may ever clear it away.
                .filter(found -> !LinuxStat.of(pid).map(LinuxStat::isZombie).orElse(false));
    }

    /** Waits for its end; an interrupt ends the waiting too, and is kept. Says whether it is gone. */
    public boolean endsWithin(Duration time) {
        Instant deadline = Instant.now().plus(time);
        while (find().isPresent()) {
            if (Instant.now().isAfter(deadline)) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
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
     * The line that Linux has for a process.
     *
     * @param startTicks counted from the boot. The handle's start is made from these and the wall clock, and changes
     *     when the clock is set.
     */
    private record LinuxStat(boolean isZombie, String startTicks) {

        private static final int STATE = 0;
        private static final int START = 19;

        /** Empty when the process is gone or the system is not Linux. */
        static Optional<LinuxStat> of(long pid) {
            Path stat = Path.of("/proc", Long.toString(pid), "stat");
            try {
                String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
                // The program's name stands in parentheses and may hold spaces and parentheses itself.
                String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
                return Optional.of(new LinuxStat(fields[STATE].equals("Z"), fields[START]));
            } catch (IOException noSuchFile) {
                return Optional.empty();
            }
        }
    }
}
