package io.metachat.embedded.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process, noted by one JVM and found again by another. Process ids are used again; only the same start makes it
 * the same process.
 *
 * @param startedAt absent where the operating system does not tell
 */
public record RunningProcess(long pid, @Nullable Instant startedAt) {

    private static final int MILLIS_BETWEEN_LOOKS = 50;

    public static RunningProcess of(long pid) {
        return new RunningProcess(
                pid, ProcessHandle.of(pid).flatMap(RunningProcess::startOf).orElse(null));
    }

    /** The process, if it still runs; one that has ended and waits for its parent to notice does not. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(this::isTheSame)
                .filter(found -> !isZombie());
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

    /** The handle of a process calls a zombie alive, and in containers nobody may ever clear it away. */
    private boolean isZombie() {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            // The state follows the program's name, which stands in parentheses and may hold some itself.
            String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
            return line.startsWith("Z", line.lastIndexOf(')') + 2);
        } catch (IOException noSuchFile) {
            // Gone by now, or a system without /proc.
            return false;
        }
    }

    private boolean isTheSame(ProcessHandle found) {
        Optional<Instant> start = startOf(found);
        return startedAt == null || start.isEmpty() || start.get().equals(startedAt);
    }

    private static Optional<Instant> startOf(ProcessHandle process) {
        return process.info().startInstant();
    }
}
