package io.metachat.embedded.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One run of a child process. It ends with its parent; see {@link OrphanGuard}.
 *
 * <p>Thread-safe.
 */
public final class ServerProcess implements AutoCloseable {

    private static final int LINES_SHOWN = 20;

    private static final long LOG_BYTES_KEPT = 16L * 1024 * 1024;

    private static final int LINE_LENGTH_SHOWN = 400;

    /** Short at first, for servers that start quickly; later longer, because each probe costs CPU. */
    private static final Backoff PROBES = new Backoff(Duration.ofMillis(40), 1.25, Duration.ofMillis(500));

    private final ProcessSpec spec;
    private final Process process;
    private final long logStart;

    private ServerProcess(ProcessSpec spec, Process process, long logStart) {
        this.spec = spec;
        this.process = process;
        this.logStart = logStart;
    }

    /** Starts the process and returns immediately, before it is ready. */
    public static ServerProcess launch(ProcessSpec spec) {
        try {
            Files.createDirectories(spec.log().toAbsolutePath().getParent());
            rotate(spec.log());
            long logStart = Files.exists(spec.log()) ? Files.size(spec.log()) : 0;
            ProcessBuilder builder = new ProcessBuilder(OrphanGuard.guarded(spec.command()))
                    .directory(spec.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(spec.log().toFile()));
            builder.environment().putAll(spec.environment());
            builder.environment()
                    .put(
                            OrphanGuard.TIMEOUT_VARIABLE,
                            Long.toString(Math.max(1, spec.stopTimeout().toSeconds())));
            return new ServerProcess(spec, builder.start(), logStart);
        } catch (IOException e) {
            throw new ServerStartException(spec.name() + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** Starts the process and waits until it is ready. If that fails, the process is killed. */
    public static ServerProcess start(ProcessSpec spec) {
        ServerProcess started = launch(spec);
        started.awaitReady();
        return started;
    }

    /**
     * Waits until the process is ready.
     *
     * @throws ServerStartException if it ended, or exceeded the timeout and was killed; the message has its last lines
     */
    public void awaitReady() {
        Instant deadline = Instant.now().plus(spec.startTimeout());
        for (int probes = 1; !isReady(); probes++) {
            if (!process.isAlive()) {
                throw new ServerStartException(spec.name() + " ended with exit code " + process.exitValue()
                        + " before it was ready. " + lastLines());
            }
            if (Instant.now().isAfter(deadline)) {
                kill();
                throw new ServerStartException(spec.name() + " was not ready after "
                        + spec.startTimeout().toSeconds() + " s. " + lastLines());
            }
            endsWithin(PROBES.delay(probes));
        }
    }

    /**
     * Waits until the process ends by itself, at most for the start timeout.
     *
     * @throws ServerStartException if it failed, or exceeded the timeout and was killed; the message has its last lines
     */
    public void awaitEnd() {
        if (!endsWithin(spec.startTimeout())) {
            kill();
            throw new ServerStartException("preparing " + spec.name() + " took too long. " + lastLines());
        }
        if (process.exitValue() != 0) {
            throw new ServerStartException(
                    "preparing " + spec.name() + " failed with exit code " + process.exitValue() + ". " + lastLines());
        }
    }

    /** Whether the process runs and is ready now. */
    public boolean isReady() {
        try {
            return process.isAlive() && spec.readiness().isReady();
        } catch (IOException notYet) {
            return false;
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public String name() {
        return spec.name();
    }

    public Path log() {
        return spec.log();
    }

    /** Returns a future that completes with the exit code when the process ends. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /**
     * Stops the process gracefully, and kills it after the stop timeout.
     *
     * @return whether it stopped gracefully
     */
    public boolean stop() {
        process.destroy();
        boolean graceful = endsWithin(spec.stopTimeout());
        if (!graceful) {
            kill();
        }
        return graceful;
    }

    /** Kills the process like {@code kill -9}, and waits for its end. */
    public void kill() {
        process.destroyForcibly();
        endsWithin(Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        stop();
    }

    private String lastLines() {
        List<String> lines = LogTail.of(spec.log(), logStart, LINES_SHOWN).stream()
                .map(ServerProcess::shortened)
                .toList();
        return lines.isEmpty()
                ? "It logged nothing to " + spec.log()
                : "The last lines of " + spec.log() + ":\n" + String.join("\n", lines);
    }

    /** In a JSON log a stack trace is one line of thousands of characters; the first ones are enough. */
    private static String shortened(String line) {
        return line.length() <= LINE_LENGTH_SHOWN ? line : line.substring(0, LINE_LENGTH_SHOWN) + " ...";
    }

    private boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new ServerStartException("interrupted while waiting for " + spec.name() + "; it was killed", e);
        }
    }

    private static void rotate(Path log) {
        try {
            if (Files.exists(log) && Files.size(log) > LOG_BYTES_KEPT) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot rotate the log " + log, e);
        }
    }
}
