package io.metachat.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.metachat.domain.diary.EntryWritten;
import io.metachat.embedded.cassandra.EmbeddedCassandra;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDbExtension;
import io.metachat.proto.v1.EntryPage;
import io.metachat.proto.v1.ListEntriesRequest;
import io.metachat.service.error.Problem;
import io.metachat.service.error.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
            List<String> written = new ArrayList<>();
            write(service, 20, written);
            cassandra.kill();
            long last = write(service, 20, written);

            Problem refusal = refusal(service);
            assertThat(refusal.code()).isEqualTo("read-model-unavailable");
            assertThat(refusal.retryAfter()).isPositive();
            cassandra.start();

            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(listed(service, last)).containsExactlyElementsOf(written));
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
    private long write(RunningService service, int count, List<String> written) {
        long position = 0;
        for (int i = 0; i < count; i++) {
            EntryWritten entry = ada.wrote(Diarist.entry(), NOON.plusSeconds(written.size()));
            position = service.append(ada.id().diary(), entry);
            written.add(0, entry.entryId().toString());
        }
        return position;
    }

    private Problem refusal(RunningService service) {
        List<Problem> refusals = new ArrayList<>();
        assertThatThrownBy(() -> listed(service, 0)).isInstanceOfSatisfying(StatusRuntimeException.class, failure -> {
            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            refusals.add(Problems.from(failure));
        });
        return refusals.get(0);
    }

    private List<String> listed(RunningService service, long position) {
        EntryPage page = service.as(ada.id(), position)
                .listEntries(ListEntriesRequest.newBuilder().setLimit(100).build());
        return page.getItemsList().stream()
                .map(entry -> entry.getContent().getEntryId())
                .toList();
    }
}
