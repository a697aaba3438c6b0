package io.metachat.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.embedded.cassandra.EmbeddedCassandra;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDbExtension;
import io.metachat.proto.v1.EntryPage;
import io.metachat.proto.v1.ListEntriesRequest;
import io.metachat.service.error.Problem;
import io.metachat.service.error.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Cassandra is killed while events arrive, and comes back. */
@ExtendWith(EmbeddedEventStoreDbExtension.class)
class CassandraOutageIT {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private final Diarist ada = Diarist.named("ada");

    @Test
    void shouldWaitForCassandraAndLoseNothing(EmbeddedEventStoreDb eventStore) {
        try (EmbeddedCassandra cassandra = EmbeddedCassandra.builder().build();
                RunningService service = startBefore(cassandra, eventStore)) {
            List<String> written = new CopyOnWriteArrayList<>();
            try (Reader reader = new Reader(service)) {
                write(service, 20, written, reader);
                reader.awaitAnswers(1);
                cassandra.kill();
                reader.awaitRefusals(1);
                long last = write(service, 20, written, reader);
                reader.awaitRefusals(2);
                cassandra.start();

                Awaitility.await()
                        .atMost(Duration.ofMinutes(2))
                        .ignoreExceptions()
                        .untilAsserted(() -> assertThat(listed(service, last)).containsExactlyElementsOf(written));
                int before = reader.answers.get();
                reader.awaitAnswers(before + 2);
            }
        }
    }

    /**
     * Somebody who reads all the time, each time at the position that was written last: gets everything that was written
     * up to then, or is refused and told when to come back, and never gets less.
     */
    private final class Reader implements AutoCloseable {

        private final AtomicReference<Written> last = new AtomicReference<>(new Written(0, List.of()));
        private final AtomicInteger answers = new AtomicInteger();
        private final AtomicInteger refusals = new AtomicInteger();
        private final AtomicBoolean stop = new AtomicBoolean();
        private final CompletableFuture<Void> reading;

        private record Written(long position, List<String> entries) {}

        Reader(RunningService service) {
            reading = CompletableFuture.runAsync(() -> {
                while (!stop.get()) {
                    read(service, last.get());
                }
            });
        }

        private void read(RunningService service, Written expected) {
            List<String> answer;
            try {
                answer = listed(service, expected.position());
            } catch (StatusRuntimeException refused) {
                Problem problem = Problems.from(refused);
                assertThat(problem.code()).isIn("read-model-unavailable", "not-yet");
                assertThat(problem.category().httpStatus()).isIn(503, 202);
                assertThat(problem.retryAfter()).isPositive();
                refusals.addAndGet(problem.category().httpStatus() == 503 ? 1 : 0);
                return;
            }
            assertThat(answer).containsAll(expected.entries());
            answers.incrementAndGet();
        }

        void awaitAnswers(int count) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> answers.get() >= count || reading.isDone());
        }

        void awaitRefusals(int count) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> refusals.get() >= count || reading.isDone());
        }

        /** Throws what the reader has found wrong. */
        @Override
        public void close() {
            stop.set(true);
            reading.join();
        }
    }

    /** The service is there first: Cassandra's port is chosen, but nobody listens on it yet. */
    private static RunningService startBefore(EmbeddedCassandra cassandra, EmbeddedEventStoreDb eventStore) {
        RunningService service = RunningService.start(
                eventStore.connectionString(),
                "127.0.0.1:" + cassandra.port(),
                "outage",
                "axon.cassandra.request-timeout=2s",
                "metachat.projections.write-timeout=3s");
        cassandra.start();
        return service.awaitReady();
    }

    /** Newest first, as lists are. */
    private long write(RunningService service, int count, List<String> written, Reader reader) {
        long position = 0;
        for (int i = 0; i < count; i++) {
            EntryWritten entry = ada.wrote(Diarist.entry(), NOON.plusSeconds(written.size()));
            position = service.append(ada.id().diary(), entry);
            written.add(0, entry.entryId().toString());
            reader.last.set(new Reader.Written(position, List.copyOf(written)));
        }
        return position;
    }

    private List<String> listed(RunningService service, long position) {
        EntryPage page = service.as(ada.id(), position)
                .listEntries(ListEntriesRequest.newBuilder().setLimit(100).build());
        return page.getItemsList().stream()
                .map(entry -> entry.getContent().getEntryId())
                .toList();
    }
}
