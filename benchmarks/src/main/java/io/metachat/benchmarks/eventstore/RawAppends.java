package io.metachat.benchmarks.eventstore;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.WriteResult;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Appends with the official client alone: the same event type, sizes and expected revisions as the engine, but encoded in
 * advance.
 */
final class RawAppends {

    private static final byte[] METADATA = ("{\"axon-timestamp\":\"2026-01-02T03:04:05.678901Z\",\"axon-type\":\""
                    + Note.TYPE + "\"}")
            .getBytes(StandardCharsets.UTF_8);

    private final EventStoreDBClient client;

    RawAppends(EventStoreDBClient client) {
        this.client = client;
    }

    CompletableFuture<WriteResult> append(String stream, long sequence) {
        ExpectedRevision expected =
                sequence == 0 ? ExpectedRevision.noStream() : ExpectedRevision.expectedRevision(sequence - 1);
        return client.appendToStream(
                stream, AppendToStreamOptions.get().expectedRevision(expected), event(stream, sequence));
    }

    private static EventData event(String noteId, long number) {
        byte[] payload = ("{\"noteId\":\"" + noteId + "\",\"number\":" + number + ",\"text\":\"" + Note.TEXT + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        return EventData.builderAsJson(UUID.randomUUID(), "bench.NoteWritten.v1", payload)
                .metadataAsBytes(METADATA)
                .build();
    }
}
