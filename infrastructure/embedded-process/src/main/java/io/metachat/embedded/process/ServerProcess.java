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
 * One run of a child process. It ends when the parent ends, by whatever cause; see {@link OrphanGuard}.
 *
 * <p>Safe for use by several threads.
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

    /** Starts the process and returns at once; it is not ready yet. */
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
                            OrphanGuard.PATIENCE_VARIABLE,
                            Long.toString(Math.max(1, spec.stopTimeout().toSeconds())));
            return new ServerProcess(spec, builder.start(), logStart);
        } catch (IOException e) {
            throw new ServerStartException(spec.name() + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** Starts the process and waits until it is ready; when that fails nothing is left running. */
    public static ServerProcess start(ProcessSpec spec) {
        ServerProcess started = launch(spec);
        started.awaitReady();
        return started;
    }

    /**
     * Waits until the process answers as ready.
     *
     * @throws ServerStartException when it ended, or took too long and was killed; carries its last lines
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
     * Waits until the process ends by itself, for as long as a start may take.
     *
     * @throws ServerStartException when it failed, or took too long and was killed; carries its last lines
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

    /** Whether the process lives and answers as ready now. */
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

    /** Completes with the exit code when the process has ended. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /**
     * Asks the process to stop, waits for it, and kills it when it takes longer than it may.
     *
     * @return whether it stopped in peace
     */
    public boolean stop() {
        process.destroy();
        boolean inPeace = endsWithin(spec.stopTimeout());
        if (!inPeace) {
            kill();
        }
        return inPeace;
    }

    /** Ends the process at once, as {@code kill -9} does, and waits until it is gone. */
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

    /** A stack trace in a JSON log is one line of many thousand characters, and the first tell most. */
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
            throw new UncheckedIOException("cannot put the full log " + log + " aside", e);
        }
    }
}
