package io.metachat.embedded.cassandra;

import io.metachat.embedded.process.JavaCommand;
import io.metachat.embedded.process.Ports;
import io.metachat.embedded.process.ServerStartException;
import io.metachat.embedded.server.ConfigurationTemplate;
import io.metachat.embedded.server.EmbeddedServer;
import io.metachat.embedded.server.EmbeddedServerBuilder;
import io.metachat.embedded.server.EmbeddedServerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Cassandra node in its own JVM, reachable from this machine only. It is a cluster of its own, or joins another
 * node's cluster.
 *
 * <pre>{@code
 * try (EmbeddedCassandra cassandra = EmbeddedCassandra.builder().start()) {
 *     CqlSession.builder().addContactPoint(cassandra.contactPoint()).withLocalDatacenter("datacenter1").build();
 * }
 * }</pre>
 */
public final class EmbeddedCassandra extends EmbeddedServer {

    /** The local data centre for the driver's configuration. */
    public static final String LOCAL_DATACENTER = "datacenter1";

    private static final String CQL = "Cassandra";
    private static final String STORAGE = "Cassandra's storage";
    private static final int PROBE_TIMEOUT_MILLIS = 5_000;

    /**
     * The memtable's overhead per row in bytes, as Cassandra 5.0 measures it on a 64-bit JVM with compressed pointers.
     * Without this value Cassandra measures it at every start with 100,000 rows, which costs 40 % of the start's CPU
     * time.
     */
    private static final int MEMTABLE_ROW_OVERHEAD = 180;

    private static final List<Integer> SUPPORTED_JAVA = List.of(11, 17);

    private final CommitLogSync commitLogSync;
    private final @Nullable EmbeddedCassandra seed;
    private final boolean schemaOutlives;

    private EmbeddedCassandra(
            EmbeddedServerOptions options,
            Map<String, Integer> ports,
            CommitLogSync commitLogSync,
            @Nullable EmbeddedCassandra seed,
            boolean schemaOutlives) {
        super("Cassandra", options, ports);
        this.commitLogSync = commitLogSync;
        this.seed = seed;
        this.schemaOutlives = schemaOutlives;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Returns the port of the CQL protocol. */
    public int port() {
        return portOf(CQL);
    }

    public InetSocketAddress contactPoint() {
        return new InetSocketAddress(Ports.LOOPBACK, port());
    }

    /** Runs one statement without a result, for example to create a keyspace. */
    public void execute(String statement) {
        try (CqlConnection connection = CqlConnection.open(Ports.LOOPBACK, port(), 6 * PROBE_TIMEOUT_MILLIS)) {
            connection.execute(statement);
        } catch (IOException e) {
            throw new IllegalStateException("Cassandra did not run a statement: " + e.getMessage(), e);
        }
    }

    @Override
    protected boolean answers() throws IOException {
        try (CqlConnection connection = CqlConnection.open(Ports.LOOPBACK, port(), PROBE_TIMEOUT_MILLIS)) {
            connection.execute("SELECT key FROM system.local");
            return true;
        }
    }

    @Override
    protected JavaCommand prepare() throws IOException {
        requireSupportedJava();
        Path conf = dataDirectory().resolve("conf");
        Path yaml = template("cassandra.yaml")
                .write(
                        conf.resolve("cassandra.yaml"),
                        Map.of(
                                "DATA", dataDirectory().toString(),
                                "NATIVE_PORT", Integer.toString(port()),
                                "STORAGE_PORT", Integer.toString(portOf(STORAGE)),
                                "SEED_PORT", Integer.toString((seed == null ? this : seed).portOf(STORAGE)),
                                "COMMIT_LOG_SYNC", commitLogSync.settings()));
        Path logback = template("logback.xml").write(conf.resolve("logback.xml"), Map.of());
        return new JavaCommand(
                options().javaHome(),
                jvmOptions(),
                properties(yaml, logback),
                jars().classPath(),
                "org.apache.cassandra.service.CassandraDaemon",
                List.of());
    }

    private List<String> jvmOptions() throws IOException {
        int heap = options().heapMegabytes();
        List<String> jvm = new ArrayList<>(List.of(
                "-Xms" + heap + "m",
                "-Xmx" + heap + "m",
                "-XX:+UseSerialGC",
                "-Xss512k",
                "-XX:MaxDirectMemorySize=128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError"));
        template("jvm17.options").text().lines().forEach(jvm::add);
        return jvm;
    }

    private Map<String, String> properties(Path yaml, Path logback) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("cassandra.config", yaml.toUri().toString());
        properties.put("logback.configurationFile", logback.toUri().toString());
        properties.put("cassandra.storagedir", dataDirectory().toString());
        properties.put("cassandra-foreground", "yes");
        properties.put("java.awt.headless", "true");
        properties.put("io.netty.tryReflectionSetAccessible", "true");
        // There is no other node to wait for or to notify.
        properties.put("cassandra.shutdown_announce_in_ms", "0");
        properties.put("cassandra.skip_wait_for_gossip_to_settle", "0");
        properties.put("cassandra.ring_delay_ms", "0");
        properties.put("cassandra.superuser_setup_delay_ms", "0");
        properties.put("cassandra.memtable.row_overhead_size", Integer.toString(MEMTABLE_ROW_OVERHEAD));
        properties.put("cassandra.test.flush_local_schema_changes", Boolean.toString(schemaOutlives));
        return properties;
    }

    private static ConfigurationTemplate template(String resource) throws IOException {
        return ConfigurationTemplate.of(EmbeddedCassandra.class, resource);
    }

    private void requireSupportedJava() {
        boolean own = options().javaHome().equals(JavaCommand.currentJavaHome());
        int version = Runtime.version().feature();
        if (own && !SUPPORTED_JAVA.contains(version)) {
            throw new ServerStartException("Cassandra 5.0 runs on Java 11 or 17, not on " + version
                    + "; set the builder's javaHome to one of these");
        }
    }

    /** The options of a node. All have defaults that suit tests: free ports, a temporary directory, a small heap. */
    public static final class Builder extends EmbeddedServerBuilder<Builder, EmbeddedCassandra> {

        private int port;
        private int storagePort;
        private CommitLogSync commitLogSync = CommitLogSync.BATCH;
        private @Nullable EmbeddedCassandra seed;
        private boolean schemaOutlives = true;

        private Builder() {}

        /** @param number the port of the CQL protocol; 0, the default, for a free one */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /** @param number the port of the protocol between nodes; 0, the default, for a free one */
        public Builder storagePort(int number) {
            this.storagePort = number;
            return this;
        }

        public Builder commitLogSync(CommitLogSync sync) {
            this.commitLogSync = sync;
            return this;
        }

        /**
         * Makes the node join another node's cluster. That node must run when this one first starts. All nodes share
         * the address and differ in their ports.
         */
        public Builder joins(EmbeddedCassandra node) {
            this.seed = node;
            return this;
        }

        /**
         * @param outlives whether tables survive a stop or kill of the server. With true, the default, each schema
         *     change is flushed, which takes most of its time
         */
        public Builder schemaOutlives(boolean outlives) {
            this.schemaOutlives = outlives;
            return this;
        }

        @Override
        public EmbeddedCassandra build() {
            Map<String, Integer> ports = new LinkedHashMap<>();
            ports.put(CQL, port);
            ports.put(STORAGE, storagePort);
            return new EmbeddedCassandra(
                    options(Duration.ofSeconds(240), Duration.ofSeconds(30)),
                    ports,
                    commitLogSync,
                    seed,
                    schemaOutlives);
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}
