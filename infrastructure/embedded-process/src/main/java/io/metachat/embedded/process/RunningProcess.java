package io.metachat.embedded.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A process, noted by one JVM and found again by another. Process ids are used again; only the same start makes it
 * the same process.
 *
 * @param startedAt absent where the operating system does not tell
 */
public record RunningProcess(long pid, @Nullable Instant startedAt) {

    public static RunningProcess of(long pid) {
        return new RunningProcess(
                pid, ProcessHandle.of(pid).flatMap(RunningProcess::startOf).orElse(null));
    }

    /** The process, if it still runs. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isTheSame);
    }

    /** Waits for its end; an interrupt ends the waiting too, and is kept. Says whether it is gone. */
    public boolean endsWithin(Duration time) {
        Optional<ProcessHandle> running = find();
        if (running.isEmpty()) {
            return true;
        }
        try {
            running.get().onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for process " + pid + " failed", e);
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
