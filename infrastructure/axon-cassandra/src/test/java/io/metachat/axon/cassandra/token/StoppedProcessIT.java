package io.metachat.axon.cassandra.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.metachat.axon.cassandra.CassandraStorage;
import io.metachat.axon.cassandra.TestStorage;
import io.metachat.axon.cassandra.connection.BackgroundCassandraConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A process that has claimed a segment is stopped (SIGSTOP) beyond its claim and then goes on (SIGCONT). */
class StoppedProcessIT {

    private static final Duration CLAIM = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PROCESSOR = "stopped";

    @RegisterExtension
    static final TestStorage CASSANDRA = new TestStorage();

    @Test
    void shouldWriteNothingMoreAfterAnotherHasClaimedItsSegment() throws Exception {
        CassandraTokenStore other = store(CASSANDRA.storage(), "other");
        other.initializeTokenSegments(PROCESSOR, 1, new GlobalSequenceTrackingToken(0));
        Process process = startClaimant();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lineWith(output, "stored 5")).isNotNull();

            signal("STOP", process);
            await().atMost(PATIENCE)
                    .ignoreException(UnableToClaimTokenException.class)
                    .until(() -> {
                        other.fetchToken(PROCESSOR, 0);
                        return true;
                    });
            TrackingToken reached = new GlobalSequenceTrackingToken(1_000_000);
            other.storeToken(reached, PROCESSOR, 0);
            other.releaseClaim(PROCESSOR, 0);
            signal("CONT", process);

            assertThat(lineWith(output, "lost")).isNotNull();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(other.fetchToken(PROCESSOR, 0)).isEqualTo(reached);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String lineWith(BufferedReader output, String text) throws IOException {
        String line = output.readLine();
        while (line != null && !line.contains(text)) {
            line = output.readLine();
        }
        return line;
    }

    private static void signal(String name, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static Process startClaimant() throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Claimant.class.getName(),
                        Integer.toString(CASSANDRA.contactPoint().getPort()),
                        CASSANDRA.keyspace()))
                .redirectErrorStream(true)
                .start();
    }

    private static CassandraTokenStore store(CassandraStorage storage, String node) {
        return new CassandraTokenStore(storage, TestStorage.serializer(), CLAIM, node);
    }

    /** The process: claims the segment and stores one token after the other, until it has lost the claim. */
    static final class Claimant {

        public static void main(String[] arguments) {
            InetSocketAddress contactPoint =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
            try (BackgroundCassandraConnection connection = TestStorage.connect(contactPoint, arguments[1])) {
                CassandraTokenStore store = store(new CassandraStorage(connection, arguments[1]), "claimant");
                store.fetchToken(PROCESSOR, 0);
                for (int i = 1; ; i++) {
                    store.storeToken(new GlobalSequenceTrackingToken(i), PROCESSOR, 0);
                    System.out.println("stored " + i);
                }
            } catch (UnableToClaimTokenException e) {
                System.out.println("lost");
            }
        }
    }
}
