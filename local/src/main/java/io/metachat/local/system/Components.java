package io.metachat.local.system;

import io.metachat.embedded.cassandra.EmbeddedCassandra;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDbServer;
import io.metachat.embedded.kafka.EmbeddedKafka;
import io.metachat.embedded.process.JavaCommand;
import io.metachat.embedded.process.ProcessSpec;
import io.metachat.local.home.Endpoint;
import io.metachat.local.home.Home;
import io.metachat.local.home.LocalException;
import io.metachat.local.home.LocalSettings;
import io.metachat.local.home.PortPlan;
import io.metachat.local.home.Service;
import io.metachat.local.home.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All processes of the system, in their start order. */
final class Components {

    private static final int EVENTSTOREDB_HEAP_MEGABYTES = 128;
    private static final int CASSANDRA_HEAP_MEGABYTES = 320;
    private static final int KAFKA_HEAP_MEGABYTES = 256;
    private static final int SERVICES_HEAP_MEGABYTES = 640;
    private static final int ONE_SERVICE_HEAP_MEGABYTES = 256;
    private static final Duration SERVICE_START = Duration.ofSeconds(300);
    private static final Duration SERVICE_STOP = Duration.ofSeconds(30);

    /** The first start creates the virtual environment, which downloads packages. */
    private static final Duration MOOD_SERVICE_START = Duration.ofMinutes(10);

    private final LocalSettings settings;
    private final Home home;
    private final PortPlan ports;
    private final Map<String, String> shared;

    Components(LocalSettings settings) {
        this.settings = settings;
        this.home = settings.home();
        this.ports = settings.ports();
        this.shared = Service.sharedEnvironment(ports, home.jwtSecret(), home.digestKeys());
    }

    /** Returns the stages: the stores and the mood service, which waits for Kafka itself; then the services. */
    List<List<Component>> stages() {
        List<Component> services = new ArrayList<>();
        List<Service> together = Arrays.stream(Service.values())
                .filter(service -> !settings.separate().contains(service))
                .toList();
        if (!together.isEmpty()) {
            services.add(inOneJvm(together));
        }
        settings.separate().stream().sorted().map(this::alone).forEach(services::add);
        return List.of(List.of(eventStoreDb(), cassandra(), kafka(), moodService()), services);
    }

    private Component eventStoreDb() {
        String name = "eventstoredb";
        OwnJvm server = new OwnJvm(
                home,
                name,
                portsOf(List.of(Endpoint.EVENTSTOREDB)),
                EVENTSTOREDB_HEAP_MEGABYTES,
                Map.of("logback.configurationFile", "io/metachat/local/logback.xml"),
                EmbeddedEventStoreDbServer.class.getName(),
                List.of(
                        "--port",
                        Integer.toString(ports.of(Endpoint.EVENTSTOREDB)),
                        "--data",
                        home.data(name).resolve("events").toString()),
                Map.of(),
                () -> Readiness.listens(ports.of(Endpoint.EVENTSTOREDB)));
        return Component.of(name, List.of(Endpoint.EVENTSTOREDB), server);
    }

    private Component cassandra() {
        String name = "cassandra";
        EmbeddedCassandra server = EmbeddedCassandra.builder()
                .port(ports.of(Endpoint.CASSANDRA))
                .storagePort(ports.of(Endpoint.CASSANDRA_STORAGE))
                .heapMegabytes(CASSANDRA_HEAP_MEGABYTES)
                .dataDirectory(home.data(name))
                .log(home.log(name))
                .build();
        return Component.of(name, List.of(Endpoint.CASSANDRA, Endpoint.CASSANDRA_STORAGE), server);
    }

    private Component kafka() {
        String name = "kafka";
        EmbeddedKafka server = EmbeddedKafka.builder()
                .port(ports.of(Endpoint.KAFKA))
                .controllerPort(ports.of(Endpoint.KAFKA_CONTROLLER))
                .heapMegabytes(KAFKA_HEAP_MEGABYTES)
                .dataDirectory(home.data(name))
                .log(home.log(name))
                .build();
        return Component.of(name, List.of(Endpoint.KAFKA, Endpoint.KAFKA_CONTROLLER), server);
    }

    private Component moodService() {
        String name = "mood-service";
        Path directory = settings.root().resolve(name);
        ProcessSpec spec = new ProcessSpec(
                name,
                List.of("/bin/sh", "-c", "python=$(scripts/setup) && exec \"$python\" -m mood_service"),
                Map.of(
                        "KAFKA_BROKERS", ports.address(Endpoint.KAFKA),
                        "MOOD_SERVICE_PORT", Integer.toString(ports.of(Endpoint.MOOD_SERVICE))),
                directory,
                home.log(name),
                () -> Readiness.http(ports.of(Endpoint.MOOD_SERVICE)),
                MOOD_SERVICE_START,
                SERVICE_STOP);
        return Component.of(name, List.of(Endpoint.MOOD_SERVICE), spec);
    }

    private Component inOneJvm(List<Service> together) {
        String name = "services";
        Map<String, String> environment = new LinkedHashMap<>(shared);
        environment.putAll(ports.toEnvironment());
        List<Endpoint> endpoints = together.stream()
                .flatMap(service -> service.endpoints().stream())
                .toList();
        OwnJvm server = new OwnJvm(
                home,
                name,
                portsOf(endpoints),
                SERVICES_HEAP_MEGABYTES,
                Map.of("java.awt.headless", "true"),
                ServicesMain.class.getName(),
                together.stream().map(Service::label).toList(),
                environment,
                () -> allReady(together));
        return Component.of(name, endpoints, server);
    }

    private Map<String, Integer> portsOf(List<Endpoint> endpoints) {
        return endpoints.stream().collect(Collectors.toMap(Endpoint::label, ports::of));
    }

    private boolean allReady(List<Service> services) throws IOException {
        for (Service service : services) {
            if (!Readiness.http(ports.of(service.http()))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the service in a JVM of its own, from its executable jar as in production. */
    private Component alone(Service service) {
        Map<String, String> environment = new LinkedHashMap<>(shared);
        environment.putAll(service.ownEnvironment(ports));
        ProcessSpec spec = new ProcessSpec(
                service.label(),
                List.of(
                        JavaCommand.currentJavaHome().resolve("bin/java").toString(),
                        "-Xmx" + ONE_SERVICE_HEAP_MEGABYTES + "m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-jar",
                        executableJar(service).toString()),
                environment,
                home.path(),
                home.log(service.label()),
                () -> Readiness.http(ports.of(service.http())),
                SERVICE_START,
                SERVICE_STOP);
        return Component.of(service.label(), service.endpoints(), spec);
    }

    private Path executableJar(Service service) {
        Path jar = settings.root()
                .resolve(service.module())
                .resolve("target")
                .resolve(service.module() + "-" + Version.current() + "-exec.jar");
        if (!Files.exists(jar)) {
            throw new LocalException(
                    jar + " is missing. Build it with ./mvnw package -pl " + service.module() + " -am");
        }
        return jar;
    }
}
