package io.metachat.axon.eventstoredb.engine;

import static io.metachat.axon.eventstoredb.engine.TestConsumers.payloads;
import static io.metachat.axon.eventstoredb.engine.TestConsumers.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import io.metachat.axon.eventstoredb.Backoff;
import io.metachat.axon.eventstoredb.RetryPolicy;
import io.metachat.axon.eventstoredb.StoreUnavailableException;
import io.metachat.axon.eventstoredb.StreamNames;
import io.metachat.axon.eventstoredb.SubscriptionSettings;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import io.metachat.embedded.eventstoredb.Faults;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The defects of the official client 5.4.5, each caused by real behaviour of the server. */
class ClientDefectsTest {

    private static EmbeddedEventStoreDb server;

    private RecordingObserver observer;
    private EventStoreDbConnection connection;
    private EventStoreDbEventStorageEngine engine;
    private EventStoreDbEventStore store;

    @BeforeAll
    static void startServer() {
        server = EmbeddedEventStoreDb.startTemporary();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void openStore() {
        observer = new RecordingObserver();
        connection = EventStoreDbConnection.open(
                server.connectionString() + "&discoveryInterval=100",
                Duration.ofSeconds(1),
                new RetryPolicy(new Backoff(Duration.ofMillis(20), Duration.ofMillis(200)), Duration.ofSeconds(20)),
                new Backoff(Duration.ofMillis(20), Duration.ofMillis(200)),
                observer);
        // Without time marks, so that the next append is the test's.
        engine = TestEngines.engine(connection, TestStore.freshNames(), builder -> builder.timeMarks(false));
        store = EventStoreDbEventStore.builder()
                .storageEngine(engine)
                .subscriptionSettings(
                        new SubscriptionSettings(64, 1024, 8 << 20, 64, Duration.ofMillis(100), Duration.ofMillis(300)))
                .build();
    }

    @AfterEach
    void closeStore() {
        server.faults().clear();
        server.startAgain();
        store.shutDown();
        connection.close();
    }

    /** Defect 1: the client shuts down permanently after about 1.5 s without the server. */
    @Test
    void shouldSurviveAnOutageThatTheClientDoesNot() throws InterruptedException {
        String aggregate = TestEvents.aggregate();
        EventStoreDBClient bare = EventStoreDBClient.create(
                EventStoreDBConnectionString.parseOrThrow(server.connectionString() + "&discoveryInterval=100"));
        try (TrackingEventStream stream = store.openStream(null)) {
            store.publish(TestEvents.event(aggregate, 0));
            take(stream, 1);
            server.stop();
            await().untilAsserted(() -> {
                bare.readAll();
                bare.getServerVersion();
                assertThatThrownBy(connection::ping).isInstanceOf(StoreUnavailableException.class);
                assertThat(bare.isShutdown()).isTrue();
            });
            server.startAgain();
            store.publish(TestEvents.events(aggregate, 1, 3));
            assertThat(payloads(take(stream, 2))).containsExactly(payloads(aggregate, 1, 3));
            assertThat(observer.reconnects.get()).isPositive();
        }
    }

    /** Defect 2: subscriptions end without any callback. */
    @ParameterizedTest
    @MethodSource("silentEnds")
    void shouldReopenSubscriptionsThatEndSilently(Consumer<Faults> end) throws InterruptedException {
        String aggregate = TestEvents.aggregate();
        try (TrackingEventStream stream = store.openStream(null)) {
            store.publish(TestEvents.event(aggregate, 0));
            take(stream, 1);
            end.accept(server.faults());
            store.publish(TestEvents.events(aggregate, 1, 4));
            assertThat(payloads(take(stream, 3))).containsExactly(payloads(aggregate, 1, 4));
            assertThat(stream.hasNextAvailable(50, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(observer.resubscriptions).isNotEmpty();
        }
    }

    static Stream<Named<Consumer<Faults>>> silentEnds() {
        return Stream.of(
                Named.of("completed", Faults::completeSubscriptions),
                Named.of("cancelled", Faults::cancelSubscriptions),
                Named.of("not leader", Faults::endSubscriptionsAsNotLeader),
                Named.of("open, but silent", Faults::silenceSubscriptions));
    }

    /** Defect 3: prefix filters are sent unanchored, and only the last of them. */
    @Test
    void shouldFilterByThePrefixOfStreamNames() throws InterruptedException {
        StreamNames names = engine.names();
        EventStoreDbEventStorageEngine neighbour =
                TestEngines.engine(connection, new StreamNames("x" + names.prefix(), "test"));
        neighbour.appendEvents(TestEvents.event(TestEvents.aggregate(), 0));
        String aggregate = "a-snapshot-of-$things";
        engine.storeSnapshot(TestEvents.event(aggregate, 0));
        store.publish(TestEvents.event(aggregate, 0));
        try (TrackingEventStream stream = store.openStream(null)) {
            assertThat(payloads(take(stream, 1))).containsExactly(payloads(aggregate, 0, 1));
            assertThat(stream.hasNextAvailable(100, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    /** Defect 4: one UNAVAILABLE status closes the channel under all other calls. */
    @Test
    void shouldKeepConsumersAcrossAnUnavailableStatus() throws InterruptedException {
        String aggregate = TestEvents.aggregate();
        try (TrackingEventStream stream = store.openStream(null)) {
            store.publish(TestEvents.event(aggregate, 0));
            take(stream, 1);
            server.faults().answerUnavailable();
            assertThatThrownBy(connection::ping).isInstanceOf(StoreUnavailableException.class);
            server.faults().clear();
            store.publish(TestEvents.event(aggregate, 1));
            assertThat(payloads(take(stream, 1))).containsExactly(payloads(aggregate, 1, 2));
        }
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void shouldStoreEventsOnceWhenTheResponseIsLost(Consumer<Faults> lose) throws InterruptedException {
        String aggregate = TestEvents.aggregate();
        store.publish(TestEvents.event(aggregate, 0));
        lose.accept(server.faults());
        store.publish(TestEvents.events(aggregate, 1, 3));
        assertThat(engine.readEvents(aggregate).asStream().map(event -> (Object) event.getPayload()))
                .containsExactly(payloads(aggregate, 0, 3));
        assertThat(observer.retries).isNotEmpty();
        assertThat(observer.conflicts).hasValue(0);
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void shouldStoreEventsWithoutAnAggregateOnceWhenTheResponseIsLost(Consumer<Faults> lose) {
        lose.accept(server.faults());
        store.publish(GenericEventMessage.asEventMessage("once"));
        assertThat(engine.readEvents(null, false).map(event -> (Object) event.getPayload()))
                .containsExactly("once");
        assertThat(observer.retries).isNotEmpty();
    }

    static Stream<Named<Consumer<Faults>>> lostAnswers() {
        return Stream.of(
                Named.of("unavailable", faults -> faults.loseAppendAnswers(1)),
                Named.of("no answer", faults -> faults.withholdAppendAnswers(1)),
                Named.of("three times", faults -> faults.loseAppendAnswers(3)));
    }

    /** Defect 5: reads of $all have no filter. */
    @Test
    void shouldReadAllEventsWithoutThoseOfTheServerAndSnapshots() {
        String aggregate = TestEvents.aggregate();
        engine.appendEvents(TestEvents.events(aggregate, 0, 2));
        engine.storeSnapshot(TestEvents.event(aggregate, 1));
        engine.appendEvents(TestEvents.event(aggregate, 2));
        assertThat(engine.readEvents(null, false).map(event -> (Object) event.getPayload()))
                .containsExactly(payloads(aggregate, 0, 3));
    }

    /** Defect 6: the first append takes about a second, so it is made without events. */
    @Test
    void shouldWarmUpWithoutWritingEvents() {
        EventStoreDbEventStorageEngine everything =
                TestEngines.engine(connection, StreamNames.forContext("everything"));
        OptionalLong before = everything.headPosition();
        engine.warmUp();
        assertThat(everything.headPosition()).isEqualTo(before);
        assertThat(engine.headPosition()).isEmpty();
    }
}
