package io.metachat.embedded.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.metachat.embedded.process.PortTakenException;
import io.metachat.embedded.process.Ports;
import io.metachat.embedded.process.ServerStartException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCassandraIT {

    @RegisterExtension
    static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();

    @Test
    void shouldServeAKeyspaceOfTheTestsOwn() {
        try (CqlSession session = session(CASSANDRA.server())) {
            session.execute("USE " + CASSANDRA.keyspace());
            session.execute("CREATE TABLE greeting (id int PRIMARY KEY, text text)");
            session.execute("INSERT INTO greeting (id, text) VALUES (1, 'hello')");

            assertThat(session.execute("SELECT text FROM greeting").all())
                    .extracting(row -> row.getString("text"))
                    .containsExactly("hello");
        }
    }

    @Test
    void shouldSayWhyAStatementWasRefused() {
        assertThatThrownBy(() -> CASSANDRA.server().execute("SELECT nothing"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Cassandra refused");
    }

    @Test
    void shouldKeepEveryAcknowledgedWriteWhenKilledAndThePortOverARestart(@TempDir Path data) {
        try (EmbeddedCassandra cassandra =
                EmbeddedCassandra.builder().dataDirectory(data).start()) {
            int port = cassandra.port();
            int written = 500;
            try (CqlSession session = session(cassandra)) {
                createTable(session);
                PreparedStatement insert = session.prepare("INSERT INTO kept.number (id) VALUES (?)");
                for (int id = 0; id < written; id++) {
                    session.execute(insert.bind(id));
                }
                // The last write was acknowledged an instant ago.
                cassandra.kill();
            }

            cassandra.start();
            assertThat(numbers(cassandra)).hasSize(written);

            cassandra.restart();
            assertThat(cassandra.port()).isEqualTo(port);
            assertThat(numbers(cassandra)).hasSize(written);
        }
    }

    @Test
    void shouldNameATakenPort() throws Exception {
        int port = Ports.free(1).get(0);
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(Ports.LOOPBACK, port));

            assertThatThrownBy(() -> EmbeddedCassandra.builder().port(port).start())
                    .isInstanceOf(PortTakenException.class)
                    .hasMessage("port %d is taken: Cassandra cannot listen on 127.0.0.1:%d", port, port);
        }
    }

    @Test
    void shouldFailWithTheLastLogLinesWhenTheServerDies(@TempDir Path data) {
        assertThatThrownBy(() -> EmbeddedCassandra.builder()
                        .dataDirectory(data)
                        .heapMegabytes(4)
                        .start())
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("before it was ready")
                .hasMessageContaining("The last lines of");
    }

    @Test
    void shouldEndWithTheProcessThatStartedIt() throws Exception {
        Process starter = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CassandraMain.class.getName())
                .start();
        assertThat(starter.inputReader().readLine()).matches("Cassandra ready on 127\\.0\\.0\\.1:\\d+");
        List<ProcessHandle> servers = starter.descendants().toList();
        assertThat(servers).isNotEmpty();

        starter.destroyForcibly();

        // A guard kills an orphan that does not stop within the stop timeout of 30 s; a busy machine may need all of
        // it.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static void createTable(CqlSession session) {
        session.execute("CREATE KEYSPACE kept WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
        session.execute("CREATE TABLE kept.number (id int PRIMARY KEY)");
    }

    private static List<Integer> numbers(EmbeddedCassandra cassandra) {
        try (CqlSession session = session(cassandra)) {
            return session.execute("SELECT id FROM kept.number").all().stream()
                    .map(row -> row.getInt("id"))
                    .toList();
        }
    }

    private static CqlSession session(EmbeddedCassandra cassandra) {
        return CqlSession.builder()
                .addContactPoint(cassandra.contactPoint())
                .withLocalDatacenter(EmbeddedCassandra.LOCAL_DATACENTER)
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(15))
                        .build())
                .build();
    }
}
