package io.metachat.embedded.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.NotLeaderException;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.SubscribeToStreamOptions;
import com.eventstore.dbclient.Subscription;
import com.eventstore.dbclient.SubscriptionListener;
import com.eventstore.dbclient.WriteResult;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedEventStoreDbExtension.class)
class FaultsTest {

    private final EmbeddedEventStoreDb server;

    /** One a test, because a client that has met a fault is not as it was. */
    private final EventStoreDBClient client;

    private final String stream = "faults-" + UUID.randomUUID();

    FaultsTest(EmbeddedEventStoreDb server) {
        this.server = server;
        client = EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(server.connectionString()));
    }

    @AfterEach
    void clear() {
        server.faults().clear();
        client.shutdown();
    }

    @Test
    void shouldLoseTheAnswerOfAnAppendThatWasCommitted() {
        EventData event = event();
        server.faults().loseAppendAnswers(1);

        assertThatThrownBy(() -> append(event).join()).hasCauseInstanceOf(StatusRuntimeException.class);

        WriteResult again = await().ignoreExceptions().until(() -> append(event).get(), result -> true);
        assertThat(again.getNextExpectedRevision()).isEqualTo(ExpectedRevision.expectedRevision(0));
        assertThat(client.readStream(stream, ReadStreamOptions.get()).join().getEvents())
                .hasSize(1);
    }

    @Test
    void shouldNotAnswerAnAppendThatWasCommitted() {
        server.faults().withholdAppendAnswers(1);

        CompletableFuture<WriteResult> unanswered = append(event());

        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(client.readStream(stream, ReadStreamOptions.get())
                                .get()
                                .getEvents())
                        .hasSize(1));
        assertThat(unanswered).isNotDone();
    }

    @Test
    void shouldSayThatTheLeaderIsElsewhere() {
        server.faults().answerNotLeader("127.0.0.1", server.port());

        assertThatThrownBy(() -> append(event()).join()).hasCauseInstanceOf(NotLeaderException.class);
    }

    @Test
    void shouldDelayCalls() {
        append(event()).join();
        server.faults().delayCalls(Duration.ofMillis(300));
        long start = System.nanoTime();

        client.readStream(stream, ReadStreamOptions.get()).join();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void shouldCutConnections() {
        Watcher watcher = subscribe();

        server.faults().dropConnections();

        await().untilAsserted(() -> assertThat(watcher.cause.get()).isInstanceOf(StatusRuntimeException.class));
        EventData event = event();
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(append(event).get()).isNotNull());
    }

    @Test
    void shouldEndSubscriptionsAsNotLeader() {
        Watcher watcher = subscribe();

        server.faults().endSubscriptionsAsNotLeader();
        Watcher alive = subscribe();
        append(event()).join();

        // The client fails on such trailers inside a subscription, and tells nobody.
        await().untilAsserted(() -> assertThat(alive.events).hasValue(1));
        assertThat(watcher.events).hasValue(0);
        assertThat(watcher.cause.get()).isNull();
    }

    @Test
    void shouldLeaveSubscriptionsOpenAndSilent() {
        Watcher silenced = subscribe();
        server.faults().silenceSubscriptions();
        Watcher alive = subscribe();

        append(event()).join();

        await().untilAsserted(() -> assertThat(alive.events).hasValue(1));
        assertThat(silenced.events).hasValue(0);
        assertThat(silenced.cause.get()).isNull();
    }

    @Test
    void shouldEndSubscriptionsWithoutTheClientNoticing() {
        Watcher completed = subscribe();
        server.faults().completeSubscriptions();
        Watcher cancelled = subscribe();
        server.faults().cancelSubscriptions();
        Watcher alive = subscribe();

        append(event()).join();

        await().untilAsserted(() -> assertThat(alive.events).hasValue(1));
        assertThat(completed.events).hasValue(0);
        assertThat(cancelled.events).hasValue(0);
    }

    private Watcher subscribe() {
        Watcher watcher = new Watcher();
        client.subscribeToStream(stream, watcher, SubscribeToStreamOptions.get().fromEnd())
                .join();
        return watcher;
    }

    private CompletableFuture<WriteResult> append(EventData event) {
        return client.appendToStream(
                stream, AppendToStreamOptions.get().expectedRevision(ExpectedRevision.noStream()), event);
    }

    private static EventData event() {
        return EventData.builderAsBinary("faulty", new byte[] {1}).build();
    }

    private static final class Watcher extends SubscriptionListener {
        private final AtomicInteger events = new AtomicInteger();
        private final AtomicReference<@Nullable Throwable> cause = new AtomicReference<>();

        @Override
        public void onEvent(Subscription subscription, com.eventstore.dbclient.ResolvedEvent event) {
            events.incrementAndGet();
        }

        @Override
        public void onCancelled(@Nullable Subscription subscription, @Nullable Throwable failure) {
            cause.set(failure);
        }
    }
}
