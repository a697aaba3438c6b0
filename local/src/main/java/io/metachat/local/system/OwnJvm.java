package io.metachat.local.system;

import io.metachat.embedded.process.JavaCommand;
import io.metachat.embedded.process.ReadinessProbe;
import io.metachat.embedded.server.EmbeddedServer;
import io.metachat.embedded.server.EmbeddedServerOptions;
import io.metachat.local.home.Home;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A child JVM with this JVM's class path, for the event store and for the services. */
final class OwnJvm extends EmbeddedServer {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(300);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(90);

    private final Map<String, String> properties;
    private final String mainClass;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private final ReadinessProbe readiness;

    OwnJvm(
            Home home,
            String name,
            Map<String, Integer> ports,
            int heapMegabytes,
            Map<String, String> properties,
            String mainClass,
            List<String> arguments,
            Map<String, String> environment,
            ReadinessProbe readiness) {
        super(
                name,
                new EmbeddedServerOptions(
                        Optional.of(home.data(name)),
                        Optional.of(home.log(name)),
                        heapMegabytes,
                        JavaCommand.currentJavaHome(),
                        START_TIMEOUT,
                        STOP_TIMEOUT),
                ports);
        this.properties = Map.copyOf(properties);
        this.mainClass = mainClass;
        this.arguments = List.copyOf(arguments);
        this.environment = Map.copyOf(environment);
        this.readiness = readiness;
    }

    @Override
    protected JavaCommand prepare() {
        return new JavaCommand(
                options().javaHome(),
                List.of(
                        "-Xmx" + options().heapMegabytes() + "m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError"),
                properties,
                classPath(),
                mainClass,
                arguments);
    }

    @Override
    protected Map<String, String> environment() {
        return environment;
    }

    @Override
    protected boolean answers() throws IOException {
        return readiness.isReady();
    }

    private static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }
}
