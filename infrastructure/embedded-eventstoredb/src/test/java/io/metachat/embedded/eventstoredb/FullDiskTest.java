package io.metachat.embedded.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.StreamMetadata;
import com.eventstore.dbclient.SubscribeToStreamOptions;
import com.eventstore.dbclient.Subscription;
import com.eventstore.dbclient.SubscriptionListener;
import io.grpc.Status;
import io.metachat.embedded.eventstoredb.internal.node.Node;
import io.metachat.embedded.eventstoredb.internal.rpc.RpcSettings;
import io.metachat.embedded.eventstoredb.internal.rpc.faults.FaultPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running server whose disk fills up and has room again; what is free on the disk is told by the test. */
class FullDiskTest {

    private static final long RESERVE = 1_000;

    private final AtomicLong free = new AtomicLong(Long.MAX_VALUE);
    private final Node node;
    private final EventStoreDBClient client;

    FullDiskTest(@TempDir Path data) throws IOException {
        RpcSettings settings = new RpcSettings("127.0.0.1", 0, 1 << 20, List.of(), Optional.empty());
        node = Node.start(data, settings, new FaultPlan(), free::get, RESERVE, Clock.systemUTC());
        client = EventStoreDBClient.create(
                EventStoreDBConnectionString.parseOrThrow("esdb://127.0.0.1:" + node.port() + "?tls=false"));
    }

    @BeforeEach
    void fill() {
        assertThat(append()).isEqualTo(Status.Code.OK);
        free.set(RESERVE - 1);
        await().until(() -> append() == Status.Code.RESOURCE_EXHAUSTED);
    }

    @AfterEach
    void stop() {
        client.shutdown().join();
        node.stop();
    }

    @Test
    void shouldRefuseEveryKindOfWrite() {
        assertThat(code(client.deleteStream("full"))).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(code(client.tombstoneStream("full"))).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(code(client.setStreamMetadata("full", new StreamMetadata())))
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void shouldServeReadsAndGoOnWhenThereIsRoomAgain() {
        int stored = count();
        assertThat(stored).isPositive();
        AtomicInteger delivered = new AtomicInteger();
        Subscription subscription = client.subscribeToStream(
                        "full",
                        new SubscriptionListener() {
                            @Override
                            public void onEvent(Subscription same, ResolvedEvent event) {
                                delivered.incrementAndGet();
                            }
                        },
                        SubscribeToStreamOptions.get().fromStart())
                .join();
        await().untilAsserted(() -> assertThat(delivered).hasValue(stored));

        free.set(RESERVE);

        await().until(() -> append() == Status.Code.OK);
        assertThat(count()).isEqualTo(stored + 1);
        await().untilAsserted(() -> assertThat(delivered).hasValue(stored + 1));
        subscription.stop();
    }

    private Status.Code append() {
        return code(client.appendToStream(
                "full", EventData.builderAsBinary("t", new byte[] {1}).build()));
    }

    private int count() {
        return client.readStream("full", ReadStreamOptions.get())
                .join()
                .getEvents()
                .size();
    }

    private static Status.Code code(CompletableFuture<?> call) {
        try {
            call.join();
            return Status.Code.OK;
        } catch (CompletionException failure) {
            return Status.fromThrowable(failure).getCode();
        }
    }
}
