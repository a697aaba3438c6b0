package io.metachat.embedded.eventstoredb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server as a program in a JVM of its own, so that it can really be killed. */
final class ServerProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile(
            "EventStoreDB-compatible server ready on (esdb://127\\.0\\.0\\.1:(\\d+)\\?tls=(?:true|false))");

    private final Process process;
    private final String connectionString;
    private final int port;

    private ServerProcess(Process process, String connectionString, int port) {
        this.process = process;
        this.connectionString = connectionString;
        this.port = port;
    }

    /** Starts it and waits for the line that says it is ready. */
    static ServerProcess start(Path data, int port, String... others) throws IOException {
        List<String> command = java("--data", data.toString(), "--port", Integer.toString(port));
        command.addAll(List.of(others));
        return awaitReady(command);
    }

    /**
     * Starts it with its data on a disk of its own, that large: a file system in memory, which only this process and its
     * {@link #disk} see, and which ends with it.
     */
    static ServerProcess startOnSmallDisk(Path data, int mebibytes, String... others) throws IOException {
        String mount = "mount -t tmpfs -o size=" + mebibytes + "m tmpfs \"$0\" && exec \"$@\"";
        List<String> command = new ArrayList<>(
                List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, data.toString()));
        command.addAll(java("--data", data.toString(), "--port", "0"));
        command.addAll(List.of(others));
        return awaitReady(command);
    }

    private static ServerProcess awaitReady(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>();
        String line;
        while ((line = output.readLine()) != null) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                discard(output);
                return new ServerProcess(process, ready.group(1), Integer.parseInt(ready.group(2)));
            }
            lines.add(line);
        }
        throw new IllegalStateException("the server did not start: " + lines);
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedEventStoreDbServer.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Whatever else it says; a pipe that nobody reads would stop it. */
    private static void discard(BufferedReader output) {
        Thread thread = new Thread(() -> output.lines().forEach(line -> {}), "server-output");
        thread.setDaemon(true);
        thread.start();
    }

    /** A directory as the server sees it, for one on a disk of its own. */
    Path disk(Path directory) {
        return Path.of("/proc", Long.toString(process.pid()), "root", directory.toString());
    }

    String connectionString() {
        return connectionString;
    }

    int port() {
        return port;
    }

    /** How much memory the whole process has, as the kernel counts it. */
    long residentMebibytes() throws IOException {
        List<String> status = Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"));
        return status.stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                / 1024;
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. @return the exit code */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server does not stop");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
