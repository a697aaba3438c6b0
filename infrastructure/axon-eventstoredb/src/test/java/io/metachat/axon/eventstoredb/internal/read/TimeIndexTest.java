package io.metachat.axon.eventstoredb.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.ExpectedRevision;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.metachat.axon.eventstoredb.Backoff;
import io.metachat.axon.eventstoredb.EventStoreDbObserver;
import io.metachat.axon.eventstoredb.RetryPolicy;
import io.metachat.axon.eventstoredb.StreamNames;
import io.metachat.axon.eventstoredb.internal.codec.EventCodec;
import io.metachat.axon.eventstoredb.internal.codec.Positions;
import io.metachat.axon.eventstoredb.internal.connection.Calls;
import io.metachat.axon.eventstoredb.internal.connection.ClientSettings;
import io.metachat.axon.eventstoredb.internal.connection.SubscriptionCalls;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TimeIndexTest {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final int BATCH = 1000;

    private final AtomicInteger reads = new AtomicInteger();
    private final StreamNames names = StreamNames.forContext("test");
    private final EventCodec codec = new EventCodec(names, "traceId", "correlationId");

    private EmbeddedEventStoreDb server;
    private EventStoreDBClient client;
    private Calls calls;
    private AllReader all;
    private TimeIndex index;

    @BeforeEach
    void start() {
        server = EmbeddedEventStoreDb.startTemporary();
        ClientSettings settings = new ClientSettings(server.connectionString(), new CountingReads());
        client = EventStoreDBClient.create(settings.resolve());
        calls = new Calls(
                () -> client,
                new SubscriptionCalls(),
                Duration.ofSeconds(10),
                new RetryPolicy(new Backoff(Duration.ofMillis(10), Duration.ofMillis(100)), Duration.ofSeconds(5)),
                new Backoff(Duration.ofMillis(10), Duration.ofMillis(100)),
                EventStoreDbObserver.NONE);
        all = new AllReader(calls, names, 256);
        index = newIndex();
    }

    @AfterEach
    void stop() {
        calls.close();
        server.close();
    }

    @Test
    void shouldFindAnInstantInFewReads() {
        findsInFewReads(10);
    }

    @Test
    @Tag("soak")
    void shouldFindAnInstantAmongAMillionEventsInFewReads() {
        findsInFewReads(1000);
    }

    private void findsInFewReads(int batches) {
        for (int batch = 0; batch < batches; batch++) {
            index.passed(append(batch), second((batch + 1) * BATCH - 1));
        }
        for (int wanted : new int[] {0, 1, BATCH * batches / 3, BATCH * batches / 2 + 7, BATCH * batches - 1}) {
            reads.set(0);
            OptionalLong position = all.before(second(wanted), newIndex(), codec);
            assertThat(reads.get()).isLessThanOrEqualTo(50);
            assertThat(secondAfter(position)).isEqualTo(second(wanted));
        }
        assertThat(all.before(second(BATCH * batches), newIndex(), codec)).isEqualTo(all.head());
        assertThat(all.before(FIRST.minusSeconds(1), newIndex(), codec)).isEmpty();
    }

    @Test
    void shouldMarkEventsOfOtherWritersWhileSearchingThem() {
        for (int batch = 0; batch < 6; batch++) {
            append(batch);
        }
        await().untilAsserted(() -> {
            all.before(second(6 * BATCH), index, codec);
            assertThat(new StreamReader(calls, 10).lastRevision(names.timeIndex()))
                    .isPresent();
        });
        assertThat(secondAfter(all.before(second(4_321), newIndex(), codec))).isEqualTo(second(4_321));
    }

    private TimeIndex newIndex() {
        return new TimeIndex(calls, new StreamReader(calls, 10), names.timeIndex(), true);
    }

    private static Instant second(int number) {
        return FIRST.plusSeconds(number);
    }

    private Instant secondAfter(OptionalLong position) {
        return codec.decodeTracked(
                        all.after(position.orElse(Positions.START)).findFirst().orElseThrow())
                .getTimestamp();
    }

    private static byte[] metadata(Instant published) {
        return ("{\"axon-timestamp\":\"" + published + "\",\"axon-type\":\"Clock\"}").getBytes(StandardCharsets.UTF_8);
    }

    /** Appends one event a second; returns the position of the last one. */
    private long append(int batch) {
        List<EventData> events = IntStream.range(batch * BATCH, (batch + 1) * BATCH)
                .mapToObj(number -> EventData.builderAsJson(
                                UUID.randomUUID(), "test.Tick.v1", "{}".getBytes(StandardCharsets.UTF_8))
                        .metadataAsBytes(metadata(second(number)))
                        .build())
                .toList();
        return calls.retrying(
                        "append",
                        connected -> connected.appendToStream(
                                "clock-" + batch,
                                AppendToStreamOptions.get().expectedRevision(ExpectedRevision.noStream()),
                                events.iterator()))
                .getLogPosition()
                .getCommitUnsigned();
    }

    private final class CountingReads implements ClientInterceptor {

        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            if ("Read".equals(method.getBareMethodName())) {
                reads.incrementAndGet();
            }
            return next.newCall(method, options);
        }
    }
}
