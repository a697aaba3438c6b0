package io.metachat.embedded.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ReadStreamOptions;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The room that must be left stands in for a disk that fills up. */
class FullDiskTest {

    private static final EventStoreDbOptions ROOMY =
            EventStoreDbOptions.defaults().withReservedDiskBytes(0);
    private static final EventStoreDbOptions FULL =
            EventStoreDbOptions.defaults().withReservedDiskBytes(Long.MAX_VALUE);

    @Test
    void shouldRefuseWritesServeReadsAndGoOnWhenThereIsRoomAgain(@TempDir Path data) {
        assertThat(append(ROOMY.withData(data))).isEqualTo(Status.Code.OK);

        assertThat(append(FULL.withData(data))).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(count(FULL.withData(data))).isEqualTo(1);

        assertThat(append(ROOMY.withData(data))).isEqualTo(Status.Code.OK);
        assertThat(count(ROOMY.withData(data))).isEqualTo(2);
    }

    private static Status.Code append(EventStoreDbOptions options) {
        try (EmbeddedEventStoreDb server = EmbeddedEventStoreDb.start(options)) {
            EventStoreDBClient client = client(server);
            try {
                client.appendToStream(
                                "full",
                                EventData.builderAsBinary("t", new byte[] {1}).build())
                        .join();
                return Status.Code.OK;
            } catch (CompletionException failure) {
                return Status.fromThrowable(failure).getCode();
            } finally {
                client.shutdown().join();
            }
        }
    }

    private static int count(EventStoreDbOptions options) {
        try (EmbeddedEventStoreDb server = EmbeddedEventStoreDb.start(options)) {
            EventStoreDBClient client = client(server);
            try {
                return client.readStream("full", ReadStreamOptions.get())
                        .join()
                        .getEvents()
                        .size();
            } finally {
                client.shutdown().join();
            }
        }
    }

    private static EventStoreDBClient client(EmbeddedEventStoreDb server) {
        return EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(server.connectionString()));
    }
}
