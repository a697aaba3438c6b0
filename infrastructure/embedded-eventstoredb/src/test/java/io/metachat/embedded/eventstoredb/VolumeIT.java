package io.metachat.embedded.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.ReadStreamOptions;
import com.google.protobuf.ByteString;
import io.metachat.embedded.eventstoredb.internal.engine.EventReader;
import io.metachat.embedded.eventstoredb.internal.engine.ExpectedRevision;
import io.metachat.embedded.eventstoredb.internal.engine.LogFormat;
import io.metachat.embedded.eventstoredb.internal.engine.LogWriter;
import io.metachat.embedded.eventstoredb.internal.engine.ProposedEvent;
import io.metachat.embedded.eventstoredb.internal.engine.WriteCommand;
import io.metachat.embedded.eventstoredb.internal.engine.WriteOutcome;
import io.metachat.embedded.eventstoredb.internal.storage.KeyValueStore;
import io.metachat.embedded.eventstoredb.internal.storage.RocksDbStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start-up and memory must not depend on how much is stored. */
@Tag("soak")
class VolumeIT {

    private static final int EVENTS = Integer.getInteger("metachat.volume.events", 10_000_000);
    private static final int APPEND = 50;
    private static final int STREAMS = 100_000;
    private static final int WAITING = 64;

    @Test
    void shouldStartFastAndStaySmallOnAFullStore(@TempDir Path data) throws Exception {
        fill(data);

        long begin = System.nanoTime();
        try (ServerProcess server = ServerProcess.start(data, 0)) {
            Duration start = Duration.ofNanos(System.nanoTime() - begin);
            EventStoreDBClient client =
                    EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(server.connectionString()));
            assertThat(client.readStream("volume-7", ReadStreamOptions.get())
                            .get()
                            .getEvents())
                    .isNotEmpty();
            assertThat(client.readAll(ReadAllOptions.get().maxCount(100_000))
                            .get()
                            .getEvents())
                    .hasSize(100_000);
            client.shutdown().get();
            System.out.println(EVENTS + " events: ready after " + start.toMillis() + " ms, "
                    + server.residentMebibytes() + " MiB resident");

            assertThat(start).isLessThan(Duration.ofSeconds(3));
            assertThat(server.residentMebibytes()).isLessThan(256);
        }
    }

    private static void fill(Path data) {
        try (KeyValueStore store = RocksDbStore.open(data)) {
            LogFormat.check(store);
            try (LogWriter writer = new LogWriter(store, new EventReader(store), () -> {}, Clock.systemUTC())) {
                Deque<CompletableFuture<WriteOutcome>> waiting = new ArrayDeque<>();
                for (int number = 0; number < EVENTS / APPEND; number++) {
                    waiting.add(writer.submit(append("volume-" + number % STREAMS)));
                    if (waiting.size() == WAITING) {
                        waiting.remove().join();
                    }
                }
                waiting.forEach(CompletableFuture::join);
            }
        }
    }

    private static WriteCommand append(String stream) {
        List<ProposedEvent> events = new ArrayList<>(APPEND);
        for (int number = 0; number < APPEND; number++) {
            events.add(new ProposedEvent(
                    UUID.randomUUID(),
                    "volume",
                    "application/json",
                    ByteString.copyFromUtf8("{\"number\":" + number + "}"),
                    ByteString.EMPTY));
        }
        return new WriteCommand.Append(stream, ExpectedRevision.ANY, events);
    }
}
