package io.metachat.embedded.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    private static final String PASSWORD = "changeit";
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private static @Nullable EventStoreDbTls files;

    @BeforeAll
    static void makeCertificate(@TempDir Path directory) throws Exception {
        files = selfSigned(directory);
    }

    @Test
    void shouldServeEncryptedConnections() throws Exception {
        EventStoreDbOptions options = EventStoreDbOptions.defaults().withTls(tls());
        try (EmbeddedEventStoreDb server = EmbeddedEventStoreDb.start(options)) {
            assertThat(server.connectionString()).endsWith("?tls=true");
            append(server.connectionString() + "&tlsCaFile=" + tls().certificate());
        }
    }

    @Test
    void shouldServeThemAsAProgram(@TempDir Path data) throws Exception {
        String certificate = tls().certificate().toString();
        String key = tls().key().toString();
        try (ServerProcess server = ServerProcess.start(data, 0, "--tls", "--certificate", certificate, "--key", key)) {
            append(server.connectionString() + "&tlsCaFile=" + certificate);
        }
    }

    @Test
    void shouldNotServePlainConnectionsThen() {
        EventStoreDbOptions options = EventStoreDbOptions.defaults().withTls(tls());
        try (EmbeddedEventStoreDb server = EmbeddedEventStoreDb.start(options)) {
            String plain = "esdb://127.0.0.1:" + server.port() + "?tls=false&maxDiscoverAttempts=1";

            assertThatThrownBy(() -> append(plain)).isNotNull();
        }
    }

    @Test
    void shouldRefuseToStartWithoutItsCertificate(@TempDir Path directory) {
        EventStoreDbTls nothing = new EventStoreDbTls(directory.resolve("no.crt"), directory.resolve("no.key"));

        assertThatThrownBy(() -> EmbeddedEventStoreDb.start(
                        EventStoreDbOptions.defaults().withTls(nothing)))
                .isInstanceOf(EventStoreDbStartException.class)
                .hasMessageContaining("no.crt");
    }

    private static void append(String connectionString) throws Exception {
        EventStoreDBClient client =
                EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(connectionString));
        try {
            client.appendToStream(
                            "secret",
                            EventData.builderAsBinary("t", new byte[] {1}).build())
                    .get();
        } finally {
            client.shutdown().get();
        }
    }

    private static EventStoreDbTls tls() {
        if (files == null) {
            throw new IllegalStateException("not before the first test");
        }
        return files;
    }

    /** Made by the JDK's own tool, and taken out of its key store into the files that servers read. */
    private static EventStoreDbTls selfSigned(Path directory) throws Exception {
        Path store = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "node",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(store)) {
            keys.load(input, PASSWORD.toCharArray());
        }
        Path certificate = directory.resolve("node.crt");
        Path key = directory.resolve("node.key");
        writePem(certificate, "CERTIFICATE", keys.getCertificate("node").getEncoded());
        writePem(key, "PRIVATE KEY", keys.getKey("node", PASSWORD.toCharArray()).getEncoded());
        return new EventStoreDbTls(certificate, key);
    }

    private static void writePem(Path file, String kind, byte[] content) throws Exception {
        Files.writeString(
                file,
                "-----BEGIN " + kind + "-----\n" + PEM.encodeToString(content) + "\n-----END " + kind + "-----\n");
    }
}
