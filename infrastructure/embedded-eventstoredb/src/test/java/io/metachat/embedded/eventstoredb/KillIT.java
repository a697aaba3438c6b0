package io.metachat.embedded.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.ResolvedEvent;
import io.metachat.embedded.eventstoredb.AcknowledgedWrites.Acknowledged;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed with SIGKILL while eight writers append, again and again on the same data. Whoever got no answer
 * repeats the same event with the same expected revision after the restart.
 */
class KillIT {

    private static final int WRITERS = 8;

    @Test
    void shouldKeepWhatItAcknowledgedOverKills(@TempDir Path data) throws Exception {
        killUnderLoad(data, 4);
    }

    @Test
    @Tag("soak")
    void shouldKeepWhatItAcknowledgedOverTwoHundredKills(@TempDir Path data) throws Exception {
        killUnderLoad(data, 200);
    }

    private static void killUnderLoad(Path data, int kills) throws Exception {
        long seed = System.nanoTime();
        System.out.println("Kills at the moments of seed " + seed);
        Random random = new Random(seed);
        AcknowledgedWrites writes = new AcknowledgedWrites(WRITERS);
        for (int kill = 0; kill < kills; kill++) {
            try (ServerProcess server = ServerProcess.start(data, 0)) {
                writes.begin(server.connectionString());
                writes.awaitProgress();
                Duration moment = Duration.ofMillis(random.nextInt(400));
                await().pollDelay(moment).pollInterval(Duration.ofMillis(1)).until(() -> true);
                server.kill();
                writes.awaitEnd();
            }
        }
        try (ServerProcess server = ServerProcess.start(data, 0)) {
            List<RecordedEvent> stored = readAll(server.connectionString());
            System.out.println(writes.acknowledged().size() + " events acknowledged, " + stored.size() + " stored");
            compare(writes.acknowledged(), stored);
        }
    }

    private static void compare(List<Acknowledged> acknowledged, List<RecordedEvent> stored) {
        Map<UUID, RecordedEvent> byId = new HashMap<>();
        Map<String, Long> lastRevisions = new HashMap<>();
        for (RecordedEvent event : stored) {
            assertThat(byId.put(event.getEventId(), event))
                    .as("an event is there once")
                    .isNull();
            long expected = lastRevisions.getOrDefault(event.getStreamId(), -1L) + 1;
            assertThat(event.getRevision()).as("a stream has no gap").isEqualTo(expected);
            lastRevisions.put(event.getStreamId(), expected);
        }
        assertThat(acknowledged).as("the test has written something").hasSizeGreaterThan(WRITERS);
        for (Acknowledged write : acknowledged) {
            RecordedEvent event = byId.get(write.id());
            assertThat(event).as("what was acknowledged is there").isNotNull();
            assertThat(event.getStreamId()).isEqualTo(write.stream());
            assertThat(event.getRevision()).isEqualTo(write.revision());
            assertThat(event.getPosition()).isEqualTo(write.position());
        }
        assertThat(stored.size() - acknowledged.size())
                .as("one event a writer may have been stored without its answer")
                .isBetween(0, WRITERS);
    }

    private static List<RecordedEvent> readAll(String connectionString) throws Exception {
        EventStoreDBClient client =
                EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(connectionString));
        try {
            List<RecordedEvent> events = new ArrayList<>();
            for (ResolvedEvent event : client.readAll(
                            ReadAllOptions.get().forwards().fromStart())
                    .get()
                    .getEvents()) {
                events.add(event.getEvent());
            }
            return events;
        } finally {
            client.shutdown().join();
        }
    }
}
