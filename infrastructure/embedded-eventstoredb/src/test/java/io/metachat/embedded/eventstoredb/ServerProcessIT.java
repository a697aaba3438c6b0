package io.metachat.embedded.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.StreamMetadata;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessIT {

    @Test
    void shouldServeAndEndCleanlyWhenToldTo(@TempDir Path data) throws Exception {
        try (ServerProcess server = ServerProcess.start(data, 0)) {
            write(server, 1);

            assertThat(server.terminate()).isEqualTo(143);
        }
        Ended verified = run("--verify", "--data", data.toString());
        assertThat(verified.output()).contains("sound: 1 events");
        assertThat(verified.code()).isZero();
    }

    @Test
    void shouldRefuseAPortThatIsTakenInOneLine(@TempDir Path data, @TempDir Path other) throws Exception {
        try (ServerProcess server = ServerProcess.start(data, 0)) {
            Ended second = run("--data", other.toString(), "--port", Integer.toString(server.port()));

            assertThat(second.output().lines())
                    .containsExactly("embedded-eventstoredb: cannot listen on 127.0.0.1:" + server.port()
                            + ": Address already in use");
            assertThat(second.code()).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseADirectoryThatIsInUseInOneLine(@TempDir Path data) throws Exception {
        try (ServerProcess server = ServerProcess.start(data, 0)) {
            assertThat(server.port()).isPositive();

            Ended second = run("--data", data.toString(), "--port", "0");

            assertThat(second.output().lines())
                    .containsExactly("embedded-eventstoredb: data directory " + data + " is in use by another server");
            assertThat(second.code()).isEqualTo(1);
        }
    }

    @Test
    void shouldScavengeAndTellWhatIsThere(@TempDir Path data) throws Exception {
        try (ServerProcess server = ServerProcess.start(data, 0)) {
            write(server, 10);
            StreamMetadata two = new StreamMetadata();
            two.setMaxCount(2L);
            EventStoreDBClient client = client(server);
            client.setStreamMetadata("written", two).get();
            client.shutdown().get();
            server.terminate();
        }

        assertThat(run("--scavenge", "--data", data.toString()).output()).contains("removed 8 events");
        assertThat(run("--verify", "--data", data.toString()).output()).contains("sound: 3 events");
        assertThat(run("--info", "--data", data.toString()).output()).contains("events:   about 3");
    }

    @Test
    void shouldLetOnlyTheUsersOfItsFileIn(@TempDir Path data) throws Exception {
        Path users = Files.writeString(data.resolve("users.properties"), "ada=secret\n");
        try (ServerProcess server =
                ServerProcess.start(data.resolve("events"), 0, "--insecure", "--users", users.toString())) {
            EventStoreDBClient client = EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(
                    server.connectionString().replace("esdb://", "esdb://ada:secret@")));
            client.appendToStream(
                            "written",
                            EventData.builderAsBinary("written", new byte[10]).build())
                    .get();
            client.shutdown().get();

            EventStoreDBClient stranger = client(server);
            assertThatThrownBy(() -> stranger.appendToStream(
                                    "written",
                                    EventData.builderAsBinary("written", new byte[10])
                                            .build())
                            .get())
                    .hasMessageContaining("PERMISSION_DENIED");
            stranger.shutdown().get();
        }
    }

    @Test
    void shouldExplainItself() {
        Ended help = run("--help");

        assertThat(help.output().replaceAll("\\s+", " "))
                .contains("--port", "--data", "--verify", "It is not EventStoreDB");
        assertThat(help.code()).isZero();
        assertThat(run("--port", "many").code()).isEqualTo(2);
        assertThat(run("--verify", "--data", "no-such-directory").code()).isEqualTo(1);
    }

    /** A production node has gigabytes; this one shares a laptop with everything else. */
    @Test
    void shouldStaySmall(@TempDir Path data) throws Exception {
        try (ServerProcess server = ServerProcess.start(data, 0)) {
            EventStoreDBClient client = client(server);
            for (int batch = 0; batch < 40; batch++) {
                EventData[] events = new EventData[200];
                for (int number = 0; number < events.length; number++) {
                    events[number] =
                            EventData.builderAsBinary("large", new byte[4_000]).build();
                }
                client.appendToStream("large-" + batch, events).get();
            }
            client.shutdown().get();

            assertThat(server.residentMebibytes()).isLessThan(256);
        }
    }

    private static void write(ServerProcess server, int count) throws Exception {
        EventStoreDBClient client = client(server);
        for (int number = 0; number < count; number++) {
            client.appendToStream(
                            "written",
                            EventData.builderAsBinary("written", new byte[10]).build())
                    .get();
        }
        client.shutdown().get();
    }

    private static EventStoreDBClient client(ServerProcess server) {
        return EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(server.connectionString()));
    }

    /** In this JVM: what ends by itself needs none of its own. */
    private static Ended run(String... arguments) {
        StringWriter output = new StringWriter();
        int code = EmbeddedEventStoreDbServer.commandLine()
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(output))
                .execute(arguments);
        return new Ended(code, output.toString());
    }

    private record Ended(int code, String output) {}
}
