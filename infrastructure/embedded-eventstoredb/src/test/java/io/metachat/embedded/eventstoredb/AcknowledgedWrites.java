package io.metachat.embedded.eventstoredb;

import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.Position;
import com.eventstore.dbclient.WriteResult;
import com.eventstore.dbclient.WrongExpectedVersionException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Writers that append one event after the other, each to its own stream, and know which of them were acknowledged. */
final class AcknowledgedWrites {

    private final List<Writer> writers = new ArrayList<>();
    private List<CompletableFuture<Void>> running = List.of();
    private @Nullable EventStoreDBClient client;
    private int acknowledgedBefore;

    AcknowledgedWrites(int count) {
        for (int number = 0; number < count; number++) {
            writers.add(new Writer("writer-" + number));
        }
    }

    /** Lets all writers go on until their server fails them. */
    void begin(String connectionString) {
        acknowledgedBefore = acknowledged().size();
        EventStoreDBClient newClient =
                EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(connectionString));
        client = newClient;
        running = writers.stream()
                .map(writer -> CompletableFuture.runAsync(() -> writer.writeUntilFailure(newClient), task -> {
                    Thread thread = new Thread(task, writer.stream);
                    thread.setDaemon(true);
                    thread.start();
                }))
                .toList();
    }

    /** Until something has been acknowledged since the beginning. */
    void awaitProgress() {
        await().until(() -> acknowledged().size() > acknowledgedBefore);
    }

    void awaitEnd() {
        running.forEach(CompletableFuture::join);
        if (client != null) {
            client.shutdown();
        }
    }

    List<Acknowledged> acknowledged() {
        return writers.stream().flatMap(writer -> writer.acknowledged.stream()).toList();
    }

    record Acknowledged(UUID id, String stream, long revision, Position position) {}

    private static final class Writer {
        private final String stream;
        private final List<Acknowledged> acknowledged = new CopyOnWriteArrayList<>();

        /** Kept until it is acknowledged. */
        private UUID next = UUID.randomUUID();

        private Writer(String stream) {
            this.stream = stream;
        }

        private void writeUntilFailure(EventStoreDBClient client) {
            try {
                boolean served = true;
                while (served) {
                    served = writeOne(client);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean writeOne(EventStoreDBClient client) throws InterruptedException {
            long revision = acknowledged.size();
            ExpectedRevision expected =
                    revision == 0 ? ExpectedRevision.noStream() : ExpectedRevision.expectedRevision(revision - 1);
            EventData event =
                    EventData.builderAsBinary(next, "written", new byte[200]).build();
            try {
                WriteResult result = client.appendToStream(
                                stream, AppendToStreamOptions.get().expectedRevision(expected), event)
                        .get(10, TimeUnit.SECONDS);
                acknowledged.add(new Acknowledged(next, stream, revision, result.getLogPosition()));
                next = UUID.randomUUID();
                return true;
            } catch (ExecutionException failure) {
                if (failure.getCause() instanceof WrongExpectedVersionException) {
                    throw new AssertionError("a repetition was not recognised", failure);
                }
                return false;
            } catch (TimeoutException serverIsGone) {
                return false;
            }
        }
    }
}
