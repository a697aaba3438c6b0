package io.metachat.benchmarks.eventstore;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in its own process, with a directory that is deleted when it ends. */
final class ServerProcess implements AutoCloseable {

    private static final long STOP_SECONDS = 20;

    private final Process process;
    private final Path directory;

    private ServerProcess(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /** Starts the command; its output is discarded unless {@link #firstLine()} reads it. */
    static ServerProcess start(Path directory, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(directory
                        .resolveSibling(directory.getFileName() + ".log")
                        .toFile())
                .start();
        // Also when the measurement fails or is interrupted by Ctrl-C.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return new ServerProcess(process, directory);
    }

    /** Waits for the server's first line of output and returns it. */
    String firstLine() throws IOException {
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new IOException("The server ended before it was ready");
        }
        return line;
    }

    /** Returns the processor time of the server and its children. */
    Duration cpu() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .flatMap(each -> each.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        deleteTree(directory);
        Files.deleteIfExists(directory.resolveSibling(directory.getFileName() + ".log"));
    }

    static void deleteTree(Path directory) throws IOException {
        List<Path> deepestFirst = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(directory)) {
            tree.sorted(Comparator.reverseOrder()).forEach(deepestFirst::add);
        }
        for (Path each : deepestFirst) {
            Files.delete(each);
        }
    }
}
