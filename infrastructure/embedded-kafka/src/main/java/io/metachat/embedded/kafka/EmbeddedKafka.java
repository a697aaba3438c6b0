package io.metachat.embedded.kafka;

import io.metachat.embedded.process.JavaCommand;
import io.metachat.embedded.process.Ports;
import io.metachat.embedded.server.ConfigurationTemplate;
import io.metachat.embedded.server.EmbeddedServer;
import io.metachat.embedded.server.EmbeddedServerBuilder;
import io.metachat.embedded.server.EmbeddedServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A single Kafka node (broker and KRaft controller) in its own JVM, reachable from this machine only.
 *
 * <pre>{@code
 * try (EmbeddedKafka kafka = EmbeddedKafka.builder().start()) {
 *     properties.put("bootstrap.servers", kafka.bootstrapServers());
 * }
 * }</pre>
 */
public final class EmbeddedKafka extends EmbeddedServer {

    private static final String BROKER = "Kafka";
    private static final String CONTROLLER = "Kafka's controller";
    private static final String CLUSTER_ID = "MetaChatLocalCluster00";
    private static final int PROBE_TIMEOUT_MILLIS = 2_000;

    private EmbeddedKafka(EmbeddedServerOptions options, Map<String, Integer> ports) {
        super("Kafka", options, ports);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Returns the broker's port. */
    public int port() {
        return portOf(BROKER);
    }

    public String bootstrapServers() {
        return Ports.LOOPBACK + ":" + port();
    }

    @Override
    protected boolean answers() throws IOException {
        return MetadataRequest.countBrokers(Ports.LOOPBACK, port(), PROBE_TIMEOUT_MILLIS) > 0;
    }

    @Override
    protected JavaCommand prepare() throws IOException {
        Path conf = dataDirectory().resolve("conf");
        Path logs = dataDirectory().resolve("topics");
        Path properties = template("server.properties")
                .write(
                        conf.resolve("server.properties"),
                        Map.of(
                                "DATA", logs.toString(),
                                "BROKER_PORT", Integer.toString(port()),
                                "CONTROLLER_PORT", Integer.toString(portOf(CONTROLLER))));
        Path log4j = template("log4j2.xml").write(conf.resolve("log4j2.xml"), Map.of());
        JavaCommand broker = command(log4j, "kafka.Kafka", List.of(properties.toString()));
        if (!Files.exists(logs.resolve("meta.properties"))) {
            runToEnd(command(
                    log4j,
                    "kafka.tools.StorageTool",
                    List.of("format", "-t", CLUSTER_ID, "-c", properties.toString())));
        }
        return broker;
    }

    private JavaCommand command(Path log4j, String mainClass, List<String> arguments) {
        int heap = options().heapMegabytes();
        return new JavaCommand(
                options().javaHome(),
                List.of(
                        "-Xms" + heap / 2 + "m",
                        "-Xmx" + heap + "m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError"),
                Map.of(
                        "java.awt.headless",
                        "true",
                        "log4j2.configurationFile",
                        log4j.toUri().toString()),
                jars().classPath(),
                mainClass,
                arguments);
    }

    private static ConfigurationTemplate template(String resource) throws IOException {
        return ConfigurationTemplate.of(EmbeddedKafka.class, resource);
    }

    /** The options of a node. All have defaults that suit tests: free ports, a temporary directory, a small heap. */
    public static final class Builder extends EmbeddedServerBuilder<Builder, EmbeddedKafka> {

        private int port;
        private int controllerPort;

        private Builder() {}

        /** @param number the broker's port; 0, the default, for a free one */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /** @param number the KRaft controller's port; 0, the default, for a free one */
        public Builder controllerPort(int number) {
            this.controllerPort = number;
            return this;
        }

        @Override
        public EmbeddedKafka build() {
            Map<String, Integer> ports = new LinkedHashMap<>();
            ports.put(BROKER, port);
            ports.put(CONTROLLER, controllerPort);
            return new EmbeddedKafka(options(Duration.ofSeconds(120), Duration.ofSeconds(20)), ports);
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}
