package io.metachat.embedded.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.ResolvedEvent;
import io.grpc.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a small one of the server's own. It needs Linux, and leave to make a mount of one's own. */
@Tag("soak")
class FullDiskIT {

    private static final int BALLAST = 16 << 20;

    private final List<UUID> acknowledged = new ArrayList<>();

    @Test
    void shouldRefuseWritesBeforeTheDiskIsFull(@TempDir Path data) throws Exception {
        fillAndMakeRoom(data, Status.Code.RESOURCE_EXHAUSTED, 160);
    }

    /** Without a reserve, writes fail in the middle, and the store cannot be opened anew while there is no room. */
    @Test
    void shouldSurviveWritesThatFailInTheMiddle(@TempDir Path data) throws Exception {
        fillAndMakeRoom(data, Status.Code.UNAVAILABLE, 96, "--reserved-disk", "0");
    }

    private void fillAndMakeRoom(Path data, Status.Code refusal, int mebibytes, String... options) throws Exception {
        try (ServerProcess server = ServerProcess.startOnSmallDisk(data, mebibytes, options)) {
            Path ballast = server.disk(data).resolve("ballast");
            write(ballast);
            EventStoreDBClient client = EventStoreDBClient.create(
                    EventStoreDBConnectionString.parseOrThrow(server.connectionString() + "&maxDiscoverAttempts=100"));

            // One refusal may not be the last: opening anew after a failed write can make room.
            int refusedInARow = 0;
            while (refusedInARow < 20) {
                Status.Code code = append(client);
                if (code == Status.Code.OK) {
                    refusedInARow = 0;
                } else {
                    assertThat(code).isEqualTo(refusal);
                    assertThat(ids(client)).containsAll(acknowledged).doesNotHaveDuplicates();
                    refusedInARow++;
                }
            }
            int before = acknowledged.size();
            System.out.println(before + " events of 100 kB on a disk of " + mebibytes + " MiB, then " + refusal);

            Files.delete(ballast);

            await().atMost(Duration.ofSeconds(30)).until(() -> append(client) == Status.Code.OK);
            for (int more = 0; more < 20; more++) {
                assertThat(append(client)).isEqualTo(Status.Code.OK);
            }
            assertThat(acknowledged).hasSize(before + 21);
            assertThat(ids(client)).containsSubsequence(acknowledged).doesNotHaveDuplicates();
            client.shutdown().join();
        }
    }

    private Status.Code append(EventStoreDBClient client) {
        UUID id = UUID.randomUUID();
        try {
            client.appendToStream(
                            "full",
                            EventData.builderAsBinary(id, "t", incompressible(id))
                                    .build())
                    .join();
            acknowledged.add(id);
            return Status.Code.OK;
        } catch (CompletionException failure) {
            return Status.fromThrowable(failure).getCode();
        }
    }

    private static List<UUID> ids(EventStoreDBClient client) {
        return client.readAll(ReadAllOptions.get().forwards().fromStart()).join().getEvents().stream()
                .map(ResolvedEvent::getOriginalEvent)
                .map(RecordedEvent::getEventId)
                .toList();
    }

    private static byte[] incompressible(UUID seed) {
        byte[] bytes = new byte[100_000];
        new Random(seed.getLeastSignificantBits()).nextBytes(bytes);
        return bytes;
    }

    private static void write(Path ballast) throws IOException {
        try (OutputStream output = Files.newOutputStream(ballast)) {
            output.write(new byte[BALLAST]);
        }
    }
}
