package io.metachat.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserPair;
import io.metachat.domain.candidate.MatchScore;
import io.metachat.domain.diary.event.EntryAnalysed;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.match.event.MatchEstablished;
import io.metachat.domain.match.event.MatchProposed;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDbExtension;
import io.metachat.projections.notification.NotificationFeed;
import io.metachat.proto.v1.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams of notifications from two instances of the service that share their stores. */
@ExtendWith(EmbeddedEventStoreDbExtension.class)
class NotificationIT {

    @RegisterExtension
    static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final int BUFFER = 16;

    private static RunningService service;
    private static RunningService other;

    private final Diarist ada = Diarist.named("ada");
    private final Diarist bob = Diarist.named("bob");

    @BeforeAll
    static void start(EmbeddedEventStoreDb eventStore) {
        service = start(eventStore.connectionString()).awaitReady();
        other = start(eventStore.connectionString());
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> service.bean(NotificationFeed.class).isLive()
                        && other.bean(NotificationFeed.class).isLive());
    }

    private static RunningService start(String eventStore) {
        return RunningService.start(
                eventStore,
                "127.0.0.1:" + CASSANDRA.server().port(),
                CASSANDRA.keyspace(),
                "metachat.projections.notification-buffer=" + BUFFER);
    }

    @AfterAll
    static void stop() {
        other.close();
        service.close();
        // Many tables at once are more than the small server of all test classes can hold.
        CASSANDRA.server().execute("DROP KEYSPACE " + CASSANDRA.keyspace());
    }

    @Test
    void shouldTellWhatIsNewToWhomItConcernsFromAnyInstance() {
        NotificationReader reader = NotificationReader.follow(service, ada.id(), -1);
        NotificationReader elsewhere = NotificationReader.follow(other, ada.id(), -1);
        NotificationReader stranger = NotificationReader.follow(service, bob.id(), -1);
        awaitFollowers(service, 2);
        awaitFollowers(other, 1);
        EntryWritten written = ada.wrote(Diarist.entry(), NOON);

        long position = service.append(ada.id().diary(), written, ada.analysed(written, 1, 0.8, 0.5));

        Notification told = reader.await(1).get(0);
        assertThat(told.getPosition()).isEqualTo(position);
        assertThat(told.getType()).isEqualTo("entry.analysed");
        assertThat(told.getData())
                .contains("\"entryId\":\"" + written.entryId() + "\"", "\"dominant\":\"joy\"")
                .doesNotContain("Some text");
        assertThat(elsewhere.await(1)).isEqualTo(reader.received());
        assertThat(stranger.received()).isEmpty();
        List.of(reader, elsewhere, stranger).forEach(NotificationReader::cancel);
        awaitFollowers(service, 0);
        awaitFollowers(other, 0);
    }

    @Test
    void shouldTellBothPeopleOfAMatch() {
        MatchId match = new MatchId(UUID.randomUUID());
        UserPair pair = new UserPair(ada.id(), bob.id());
        long before = service.append(ada.id(), ada.registered());
        service.append(
                match,
                new MatchProposed(
                        match,
                        pair,
                        ada.id(),
                        1,
                        new MatchScore(0.5, 0.5, 0.5, 0.5, 0.5, List.of("music")),
                        null,
                        NOON,
                        NOON.plusSeconds(60)),
                new MatchEstablished(match, pair, NOON));

        for (Diarist person : List.of(ada, bob)) {
            NotificationReader reader = NotificationReader.follow(service, person.id(), before);
            assertThat(reader.await(2))
                    .extracting(Notification::getType)
                    .containsExactly("match.proposed", "match.established");
            assertThat(reader.received().get(0).getData()).contains(match.toString(), "music");
            reader.cancel();
        }
    }

    @Test
    void shouldResumeAfterAPositionWithoutALossOrARepetitionWhileMoreArrives() {
        long first = analysed(ada, 1);
        analysed(ada, 149);
        NotificationReader reader = NotificationReader.follow(other, ada.id(), first);
        analysed(ada, 150);

        List<Notification> received = reader.await(299);

        assertThat(received)
                .hasSize(299)
                .extracting(Notification::getPosition)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(received.get(0).getPosition()).isGreaterThan(first);
        reader.cancel();
    }

    @Test
    void shouldServeASlowReaderFromTheTable() {
        NotificationReader reader = NotificationReader.slowly(service, ada.id(), -1);
        awaitFollowers(service, 1);
        // More than the transport's own buffer of 32 KiB and the queue hold together.
        int many = 400;
        for (int sent = 0; sent < many; sent += 50) {
            analysed(ada, 50);
        }
        assertThat(reader.received()).isEmpty();

        reader.take(many);

        assertThat(reader.await(many))
                .hasSize(many)
                .extracting(Notification::getPosition)
                .isSorted()
                .doesNotHaveDuplicates();
        analysed(ada, 1);
        reader.take(1);
        assertThat(reader.await(many + 1)).hasSize(many + 1);
        reader.cancel();
        awaitFollowers(service, 0);
    }

    /** In one append. */
    private static long analysed(Diarist diarist, int times) {
        EntryAnalysed[] events = Stream.generate(() -> diarist.wrote(Diarist.entry(), NOON))
                .limit(times)
                .map(written -> diarist.analysed(written, 1, 0.8, 0.5))
                .toArray(EntryAnalysed[]::new);
        return service.append(diarist.id().diary(), events);
    }

    private static void awaitFollowers(RunningService service, int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> service.bean(NotificationFeed.class).followers() == count);
    }
}
