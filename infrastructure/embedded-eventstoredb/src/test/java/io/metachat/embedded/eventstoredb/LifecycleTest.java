package io.metachat.embedded.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.SubscribeToAllOptions;
import com.eventstore.dbclient.Subscription;
import com.eventstore.dbclient.SubscriptionListener;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecycleTest {

    @Test
    void shouldKeepEventsOverARestartOnTheSamePort(@TempDir Path data) {
        try (EmbeddedEventStoreDb server = EmbeddedEventStoreDb.start(data)) {
            EventStoreDBClient client = client(server, "");
            client.appendToStream("kept", event()).join();
            int port = server.port();

            server.restart();

            assertThat(server.port()).isEqualTo(port);
            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(client.readStream("kept", ReadStreamOptions.get())
                                    .get()
                                    .getEvents())
                            .hasSize(1));
            client.shutdown().join();
        }
    }

    @Test
    void shouldKeepEventsOverAKill(@TempDir Path data) {
        try (EmbeddedEventStoreDb server = EmbeddedEventStoreDb.start(data)) {
            EventStoreDBClient client = client(server, "");
            client.appendToStream("kept", event()).join();

            server.kill();
            server.startAgain();

            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(client.readStream("kept", ReadStreamOptions.get())
                                    .get()
                                    .getEvents())
                            .hasSize(1));
            client.shutdown().join();
        }
    }

    @Test
    void shouldEndSubscriptionsWhenItStops(@TempDir Path data) {
        EmbeddedEventStoreDb server = EmbeddedEventStoreDb.start(data);
        EventStoreDBClient client = client(server, "");
        AtomicReference<@Nullable Throwable> cause = new AtomicReference<>();
        client.subscribeToAll(
                        new SubscriptionListener() {
                            @Override
                            public void onCancelled(@Nullable Subscription subscription, @Nullable Throwable failure) {
                                cause.set(failure);
                            }
                        },
                        SubscribeToAllOptions.get().fromEnd())
                .join();

        server.close();

        await().untilAsserted(() -> assertThat(cause.get())
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        status -> assertThat(status.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE)));
        client.shutdown().join();
    }

    @Test
    void shouldDeleteTemporaryDataInTheEnd() {
        EmbeddedEventStoreDb server = EmbeddedEventStoreDb.startTemporary();
        Path data = server.data();
        assertThat(data).exists();

        server.close();

        assertThat(Files.exists(data)).isFalse();
    }

    @Test
    void shouldRefuseADirectoryThatIsInUse(@TempDir Path data) {
        try (EmbeddedEventStoreDb server = EmbeddedEventStoreDb.start(data)) {
            assertThatThrownBy(() -> EmbeddedEventStoreDb.start(data))
                    .isInstanceOf(EventStoreDbStartException.class)
                    .hasMessage("data directory " + server.data() + " is in use by another server");
        }
    }

    @Test
    void shouldRefuseAPortThatIsTaken(@TempDir Path one, @TempDir Path other) {
        try (EmbeddedEventStoreDb server = EmbeddedEventStoreDb.start(one)) {
            EventStoreDbOptions options =
                    EventStoreDbOptions.defaults().withPort(server.port()).withData(other);

            assertThatThrownBy(() -> EmbeddedEventStoreDb.start(options))
                    .isInstanceOf(EventStoreDbStartException.class)
                    .hasMessageStartingWith("cannot listen on 127.0.0.1:" + server.port());
        }
    }

    @Test
    void shouldBeFoundByGossip() {
        EventStoreDbOptions byName = EventStoreDbOptions.defaults().withHost("localhost");
        try (EmbeddedEventStoreDb server = EmbeddedEventStoreDb.start(byName)) {
            EventStoreDBClient client = EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(
                    "esdb+discover://127.0.0.1:" + server.port() + "?tls=false"));

            client.appendToStream("found", event()).join();

            client.shutdown().join();
        }
    }

    @Test
    void shouldLetOnlyKnownUsersIn() {
        EventStoreDbOptions options = EventStoreDbOptions.defaults().withCredentials(Map.of("ada", "secret"));
        try (EmbeddedEventStoreDb server = EmbeddedEventStoreDb.start(options)) {
            assertThat(appendAs(server, "ada:secret@")).isEqualTo(Status.Code.OK);
            assertThat(appendAs(server, "ada:wrong@")).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(appendAs(server, "")).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
    }

    private static Status.Code appendAs(EmbeddedEventStoreDb server, String userInfo) {
        EventStoreDBClient client = client(server, userInfo);
        try {
            client.appendToStream("guarded", event()).join();
            return Status.Code.OK;
        } catch (CompletionException failure) {
            return Status.fromThrowable(failure).getCode();
        } finally {
            client.shutdown().join();
        }
    }

    private static EventStoreDBClient client(EmbeddedEventStoreDb server, String userInfo) {
        return EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(
                "esdb://" + userInfo + server.host() + ":" + server.port() + "?tls=false&maxDiscoverAttempts=100"));
    }

    private static EventData event() {
        return EventData.builderAsBinary("kept", new byte[] {1}).build();
    }
}
