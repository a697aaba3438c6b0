package io.metachat.diary;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.EventStoreDBClient;
import io.metachat.domain.EntryId;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.event.DiaryOpened;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDbExtension;
import io.metachat.embedded.kafka.EmbeddedKafkaExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a diary of 10,000 entries costs, without the cache: each command loads it from the store. */
@Tag("soak")
@ExtendWith(EmbeddedEventStoreDbExtension.class)
class LargeDiaryIT {

    private static final int ENTRIES = 10_000;
    private static final int BATCH = 500;
    private static final int MEASURED = 50;

    @RegisterExtension
    static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    @Test
    void shouldLoadALargeDiaryNearlyAsFastAsANewOne(EmbeddedEventStoreDb server, EventStoreDBClient store) {
        try (RunningDiaryService service = RunningDiaryService.start(
                server.connectionString(), CASSANDRA, KAFKA.bootstrapServers(), "--metachat.diary.cached-diaries=0")) {
            service.awaitReady();
            DiaryWorld large = new DiaryWorld(store, KAFKA.bootstrapServers());
            fill(service.bean(EventStore.class), large.anna);
            large.write(service, "The one that finds it large");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(large.read("snapshot-" + large.diary())).isNotEmpty());
            DiaryWorld small = new DiaryWorld(store, KAFKA.bootstrapServers());
            median(service, small);

            Duration ofSmall = median(service, small);
            Duration ofLarge = median(service, large);

            System.out.printf(
                    "A command to a diary of %d entries: %d ms, to a new one: %d ms (medians, nothing cached)%n",
                    ENTRIES, ofLarge.toMillis(), ofSmall.toMillis());
            assertThat(ofLarge).isLessThan(ofSmall.plusMillis(100));
        }
    }

    private static Duration median(RunningDiaryService service, DiaryWorld world) {
        long[] nanos = new long[MEASURED];
        for (int i = 0; i < MEASURED; i++) {
            long begun = System.nanoTime();
            world.write(service, "Entry " + i);
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        return Duration.ofNanos(nanos[MEASURED / 2]);
    }

    private static void fill(EventStore store, UserId user) {
        Instant begun = Instant.parse("2020-01-01T00:00:00Z");
        List<DomainEventMessage<?>> batch = new ArrayList<>();
        batch.add(message(user, 0, new DiaryOpened(user, begun)));
        for (int i = 1; i <= ENTRIES; i++) {
            Instant at = begun.plus(Duration.ofHours(i));
            batch.add(message(
                    user,
                    i,
                    new EntryWritten(
                            user,
                            new EntryId(UUID.randomUUID()),
                            1,
                            "Entry " + i,
                            "It is warm.",
                            List.of("sun"),
                            null,
                            at,
                            3)));
            if (batch.size() == BATCH || i == ENTRIES) {
                store.publish(batch);
                batch.clear();
            }
        }
    }

    private static DomainEventMessage<?> message(UserId user, long sequence, Object payload) {
        return new GenericDomainEventMessage<>("Diary", user.diary().stream(), sequence, payload);
    }
}
