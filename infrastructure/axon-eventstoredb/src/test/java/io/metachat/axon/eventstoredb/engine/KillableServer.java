package io.metachat.axon.eventstoredb.engine;

import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDbServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A server in its own process that can be killed and restarted on the same port and data. */
final class KillableServer implements AutoCloseable {

    private final Path data;
    private final int port;
    private @Nullable Process process;

    KillableServer(Path data) throws IOException {
        this.data = data;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        start();
    }

    String connectionString() {
        return "esdb://127.0.0.1:" + port + "?tls=false";
    }

    /** Starts the server and returns when it accepts calls. */
    void start() throws IOException {
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedEventStoreDbServer.class.getName(),
                        "--port",
                        String.valueOf(port),
                        "--data",
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process = started;
        String ready =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (ready == null) {
            throw new IllegalStateException("The server did not start, exit code "
                    + started.onExit().join().exitValue());
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
