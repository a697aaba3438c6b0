package io.metachat.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.metachat.local.home.Home;
import io.metachat.local.home.StateFile;
import io.metachat.local.home.SystemState;
import io.metachat.local.home.SystemState.ComponentStatus;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A whole MetaChat, started and stopped by its own launcher in processes of its own, with its own data and ports; the
 * diary-service in a JVM of its own, so that it can be killed alone.
 */
final class MetaChatSystem {

    private static final Duration START_WITHIN = Duration.ofMinutes(4);
    private static final int PORT_OFFSET = 15_000;
    /** Such that no port of the one system is a port of the other: the gateway and its management are 1,000 apart. */
    private static final int SECOND_PORT_OFFSET = 13_000;

    private final Path root;
    private final Path home;
    private final int portOffset;

    MetaChatSystem(Path home) {
        this(home, PORT_OFFSET);
    }

    private MetaChatSystem(Path home, int portOffset) {
        this.root = root();
        this.home = home;
        this.portOffset = portOffset;
    }

    /** A second system, which can run next to the one that the tests share. */
    static MetaChatSystem second(Path home) {
        return new MetaChatSystem(home, SECOND_PORT_OFFSET);
    }

    /** Starts everything, with all services in one JVM, as {@code ./metachat up} does. */
    void upTogether() {
        run("up", "-d");
    }

    void up() {
        run("up", "-d", "--separate", "diary-service");
    }

    /** The same with every service from its own jar in a JVM of its own, as in production. */
    void upSeparately() {
        run("up", "-d", "--separate", "user-service,diary-service,matching-service,projection-service,gateway");
    }

    void down() {
        run("down");
    }

    /** Where the gateway's API is. */
    URI api() {
        return URI.create("http://127.0.0.1:" + port("gateway") + "/api/v1");
    }

    String eventStoreUrl() {
        return "esdb://127.0.0.1:" + port("eventstoredb") + "?tls=false";
    }

    String brokers() {
        return "127.0.0.1:" + port("kafka");
    }

    /** The key that the services sign and verify access tokens with. */
    String jwtSecret() {
        return new Home(home).jwtSecret();
    }

    int port(String endpoint) {
        Integer port = state().ports().get(endpoint);
        assertThat(port)
                .as("port of %s in %s", endpoint, state().ports().keySet())
                .isNotNull();
        return port;
    }

    SystemState state() {
        return new StateFile(new Home(home))
                .living()
                .orElseThrow(() -> new IllegalStateException("The system is not up"));
    }

    /** Kills a component's process without warning; the supervisor brings it back. */
    void kill(String component) {
        ComponentStatus before = component(component);
        ProcessHandle.of(before.process().pid()).orElseThrow().destroyForcibly();
        await().atMost(Duration.ofSeconds(30)).until(() -> component(component).restarts() > before.restarts());
    }

    /** Sends a component's process a signal, such as {@code STOP} or {@code CONT}. */
    void signal(String component, String signal) {
        long pid = component(component).process().pid();
        execute(List.of("kill", "-" + signal, Long.toString(pid)), Duration.ofSeconds(10));
    }

    void awaitReady(String component) {
        await().atMost(START_WITHIN)
                .until(() -> component(component).state().label().equals("ready"));
    }

    /** Everything that any process of the system has written to its log. */
    String logs() {
        try (Stream<Path> files = Files.list(home.resolve("logs"))) {
            StringBuilder all = new StringBuilder();
            for (Path log : files.sorted().toList()) {
                all.append(Files.readString(log, StandardCharsets.ISO_8859_1));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ComponentStatus component(String name) {
        return state().components().stream()
                .filter(component -> component.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no component " + name));
    }

    /** Runs a command of the launcher and returns what it says. */
    String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dmetachat.root=" + root,
                "-cp",
                launcherClassPath(),
                "io.metachat.local.MetachatCommand"));
        command.addAll(List.of(arguments));
        String output = execute(command, START_WITHIN);
        System.out.println(output);
        return output;
    }

    private String execute(List<String> command, Duration within) {
        try {
            Path output = Files.createTempFile("metachat-command", ".out");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("METACHAT_HOME", home.toString());
            builder.environment().put("METACHAT_PORT_OFFSET", Integer.toString(portOffset));
            Process process = builder.start();
            boolean ended = process.waitFor(within.toSeconds(), TimeUnit.SECONDS);
            String said = Files.readString(output);
            assertThat(ended)
                    .as("%s did not end: %s", command.get(command.size() - 1), said)
                    .isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String launcherClassPath() {
        Path target = root.resolve("local/target");
        try (Stream<Path> jars = Files.list(target)) {
            Path jar = jars.filter(file -> file.getFileName().toString().matches("local-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("local is not packaged"));
            return jar
                    + File.pathSeparator
                    + Files.readString(target.resolve("launcher.classpath")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
        }
        return directory;
    }
}
