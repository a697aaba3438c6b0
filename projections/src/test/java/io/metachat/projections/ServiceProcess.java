package io.metachat.projections;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The service in a JVM of its own, to be killed. */
final class ServiceProcess {

    private static final String CONNECTED = "Connected to Cassandra";

    private final Process process;
    private final Path log;

    private ServiceProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param directory where its log goes */
    static ServiceProcess start(Path directory, String eventStore, String cassandra, String keyspace, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ProjectionServiceApplication.class.getName(),
                "--axon.cassandra.keyspace=" + keyspace,
                "--axon.cassandra.token.claim-timeout=2s",
                "--metachat.projections.claim-interval=200ms",
                "--metachat.projections.keyspace=" + keyspace));
        for (String setting : more) {
            command.add("--" + setting);
        }
        Path log = directory.resolve("service-" + System.nanoTime() + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("EVENTSTORE_URL", eventStore);
        builder.environment().put("CASSANDRA_HOSTS", cassandra);
        builder.environment().put("JWT_SECRET", "0123456789abcdef0123456789abcdef");
        builder.environment().put("SERVER_PORT", "0");
        builder.environment().put("GRPC_PORT", "0");
        try {
            return new ServiceProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it has come as far as its work. */
    boolean isConnected() {
        try {
            return Files.readString(log).contains(CONNECTED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }
}
