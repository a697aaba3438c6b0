package io.metachat.benchmarks.server;

import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDbServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The embedded event store in its own process, with data that is deleted at the end. */
final class ServerAlone implements AutoCloseable {

    private static final long STOP_SECONDS = 20;

    private final Process process;
    private final Path data;
    private final String connectionString;

    private ServerAlone(Process process, Path data, String connectionString) {
        this.process = process;
        this.data = data;
        this.connectionString = connectionString;
    }

    /** Starts the server on a free port and waits until it is ready. */
    static ServerAlone start(Path directory) throws IOException {
        Path data = Files.createTempDirectory(directory, "bench-eventstoredb");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedEventStoreDbServer.class.getName(),
                        "--port",
                        "0",
                        "--data",
                        data.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        // Also when the measurement fails or is interrupted by Ctrl-C.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return new ServerAlone(process, data, awaitReady(process));
    }

    /** Skips the output before that line. */
    private static String awaitReady(Process process) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return output.lines()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .filter(word -> word.startsWith("esdb://"))
                .findFirst()
                .orElseThrow(() -> new IOException("The server ended before it was ready"));
    }

    String connectionString() {
        return connectionString;
    }

    /** Returns the server's processor time. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        try (Stream<Path> tree = Files.walk(data)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
