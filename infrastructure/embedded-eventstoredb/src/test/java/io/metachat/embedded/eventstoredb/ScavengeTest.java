package io.metachat.embedded.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.StreamMetadata;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedEventStoreDbExtension.class)
class ScavengeTest {

    private final EmbeddedEventStoreDb server;
    private final EventStoreDBClient client;
    private final String stream = "scavenged-" + UUID.randomUUID();

    ScavengeTest(EmbeddedEventStoreDb server, EventStoreDBClient client) {
        this.server = server;
        this.client = client;
    }

    @BeforeEach
    void removeWhatOtherTestsLeft() {
        server.scavenge();
    }

    @Test
    void shouldRemoveTruncatedEventsFromTheLog() {
        append(5);
        StreamMetadata metadata = new StreamMetadata();
        metadata.setTruncateBefore(3L);
        client.setStreamMetadata(stream, metadata).join();
        assertThat(revisionsInLog()).containsExactly(0L, 1L, 2L, 3L, 4L);

        assertThat(server.scavenge()).isEqualTo(3);

        assertThat(revisionsInLog()).containsExactly(3L, 4L);
        assertThat(server.scavenge()).isZero();
    }

    @Test
    void shouldKeepTheLastEventOfADeletedStreamSoThatCountingGoesOn() {
        append(5);
        client.deleteStream(stream).join();

        server.scavenge();
        server.restart();
        append(1);

        assertThat(revisionsInLog()).containsExactly(4L, 5L);
    }

    @Test
    void shouldLeaveOnlyTheTombstone() {
        append(5);
        client.tombstoneStream(stream).join();

        server.scavenge();

        assertThat(revisionsInLog()).containsExactly(Long.MAX_VALUE);
    }

    @Test
    void shouldRemoveWhatTheIndexesSaidOfRemovedEvents() {
        String category = "c" + UUID.randomUUID().toString().replace("-", "");
        client.appendToStream(category + "-1", event(), event()).join();
        client.appendToStream(category + "-2", event()).join();
        client.tombstoneStream(category + "-1").join();

        server.scavenge();

        assertThat(
                        client
                                .readStream(
                                        "$ce-" + category,
                                        ReadStreamOptions.get().resolveLinkTos())
                                .join()
                                .getEvents()
                                .stream()
                                .map(found -> found.getEvent().getStreamId()))
                .containsExactly(category + "-2");
    }

    private void append(int count) {
        for (int number = 0; number < count; number++) {
            client.appendToStream(stream, event()).join();
        }
    }

    private static EventData event() {
        return EventData.builderAsBinary("scavenged", new byte[] {1}).build();
    }

    private List<Long> revisionsInLog() {
        return client.readAll(ReadAllOptions.get()).join().getEvents().stream()
                .filter(found -> found.getEvent().getStreamId().equals(stream))
                .map(found -> found.getEvent().getRevision())
                .toList();
    }
}
