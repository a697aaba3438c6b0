package io.metachat.embedded.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.WriteResult;
import com.google.protobuf.ByteString;
import io.metachat.embedded.eventstoredb.internal.commit.LogWriter;
import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.log.LogFormat;
import io.metachat.embedded.eventstoredb.internal.rules.ExpectedRevision;
import io.metachat.embedded.eventstoredb.internal.rules.ProposedEvent;
import io.metachat.embedded.eventstoredb.internal.rules.WriteCommand;
import io.metachat.embedded.eventstoredb.internal.rules.WriteOutcome;
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
import org.junit.jupiter.api.parallel.Isolated;

/** Start-up and memory must not depend on how much is stored. */
@Tag("soak")
@Isolated("it measures times")
class VolumeIT {

    private static final int EVENTS = Integer.getInteger("metachat.volume.events", 10_000_000);
    private static final int ENOUGH_TO_FILL_THE_CACHES = 1_000_000;
    private static final int APPEND = 50;
    private static final int STREAMS = 100_000;
    private static final int WAITING = 64;

    /** More than the stream heads and metadata that the writer keeps in memory. */
    private static final int TOUCHED_STREAMS = 40_000;

    @Test
    void shouldStartFastAndStaySmallOnAFullStore(@TempDir Path small, @TempDir Path full) throws Exception {
        Measured nothing = measure(small, 0);
        Measured less = measure(small, ENOUGH_TO_FILL_THE_CACHES);
        Measured much = measure(full, EVENTS);

        assertThat(nothing.start()).isLessThan(Duration.ofSeconds(1));
        assertThat(much.start()).isLessThan(Duration.ofSeconds(3));
        assertThat(much.startAfterKill()).isLessThan(Duration.ofSeconds(3));
        assertThat(much.residentMebibytes()).isLessThan(256).isLessThan(less.residentMebibytes() + 32);
    }

    /** Starts a server with that many events and works with it, kills it and starts it again. */
    private static Measured measure(Path data, int events) throws Exception {
        fill(data, events);
        Duration start;
        long resident;
        long begin = System.nanoTime();
        try (ServerProcess server = ServerProcess.start(data, 0)) {
            start = Duration.ofNanos(System.nanoTime() - begin);
            work(server.connectionString(), events);
            resident = server.residentMebibytes();
            server.kill();
        }
        begin = System.nanoTime();
        try (ServerProcess server = ServerProcess.start(data, 0)) {
            Measured measured = new Measured(start, Duration.ofNanos(System.nanoTime() - begin), resident);
            System.out.println(events + " events: ready after " + start.toMillis() + " ms, after a kill after "
                    + measured.startAfterKill().toMillis() + " ms, " + resident + " MiB resident");
            return measured;
        }
    }

    /** Reads a long piece of the log, and appends to more streams than the writer remembers. */
    private static void work(String connectionString, int events) throws Exception {
        EventStoreDBClient client =
                EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(connectionString));
        int read = Math.min(events, 100_000);
        assertThat(client.readAll(ReadAllOptions.get().maxCount(read)).get().getEvents())
                .hasSize(read);
        Deque<CompletableFuture<WriteResult>> waiting = new ArrayDeque<>();
        for (int number = 0; number < TOUCHED_STREAMS; number++) {
            EventData event =
                    EventData.builderAsBinary("touched", new byte[200]).build();
            waiting.add(client.appendToStream("touched-" + number, event));
            if (waiting.size() == WAITING) {
                waiting.remove().get();
            }
        }
        for (CompletableFuture<WriteResult> append : waiting) {
            append.get();
        }
        client.shutdown().get();
    }

    private record Measured(Duration start, Duration startAfterKill, long residentMebibytes) {}

    private static void fill(Path data, int events) {
        try (KeyValueStore store = RocksDbStore.open(data)) {
            LogFormat.check(store);
            try (LogWriter writer = new LogWriter(store, new EventReader(store), () -> {}, Clock.systemUTC())) {
                Deque<CompletableFuture<WriteOutcome>> waiting = new ArrayDeque<>();
                for (int number = 0; number < events / APPEND; number++) {
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
