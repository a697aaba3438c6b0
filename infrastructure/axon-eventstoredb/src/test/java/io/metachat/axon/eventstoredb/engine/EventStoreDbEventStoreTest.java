package io.metachat.axon.eventstoredb.engine;

import static io.metachat.axon.eventstoredb.engine.TestConsumers.payloads;
import static io.metachat.axon.eventstoredb.engine.TestConsumers.position;
import static io.metachat.axon.eventstoredb.engine.TestConsumers.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.metachat.axon.eventstoredb.EventTypeRegistry;
import io.metachat.axon.eventstoredb.SubscriptionSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventStoreDbEventStoreTest {

    @RegisterExtension
    static final TestStore STORE = new TestStore();

    private EventStoreDbConnection connection;
    private EventStoreDbEventStorageEngine engine;
    private EventStoreDbEventStore store;

    @BeforeEach
    void openStore() {
        connection = EventStoreDbConnection.open(STORE.connectionString());
        engine = TestEngines.engine(connection, TestStore.freshNames());
        store = storeWith(SubscriptionSettings.defaults());
    }

    @AfterEach
    void closeStore() {
        store.shutDown();
        connection.close();
    }

    @Test
    void shouldDeliverStoredEventsAndThenNewOnes() throws InterruptedException {
        String aggregate = TestEvents.aggregate();
        store.publish(TestEvents.events(aggregate, 0, 3));
        try (TrackingEventStream stream = store.openStream(null)) {
            assertThat(payloads(take(stream, 3))).containsExactly(payloads(aggregate, 0, 3));
            store.publish(TestEvents.events(aggregate, 3, 5));
            assertThat(payloads(take(stream, 2))).containsExactly(payloads(aggregate, 3, 5));
            assertThat(stream.hasNextAvailable(50, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    @Test
    void shouldResumeAfterAToken() throws InterruptedException {
        String aggregate = TestEvents.aggregate();
        store.publish(TestEvents.events(aggregate, 0, 5));
        TrackingToken third;
        try (TrackingEventStream stream = store.openStream(null)) {
            third = take(stream, 3).get(2).trackingToken();
        }
        try (TrackingEventStream stream = store.openStream(ReplayToken.createReplayToken(third, third))) {
            assertThat(payloads(take(stream, 2))).containsExactly(payloads(aggregate, 3, 5));
        }
    }

    @Test
    void shouldMoveConsumersAtTheTailToTheSharedFeed() throws InterruptedException {
        String aggregate = TestEvents.aggregate();
        store.publish(TestEvents.events(aggregate, 0, 10));
        try (TrackingEventStream first = store.openStream(null);
                TrackingEventStream second = store.openStream(null)) {
            take(first, 10);
            take(second, 10);
            await().untilAsserted(() -> {
                first.hasNextAvailable();
                second.hasNextAvailable();
                assertThat(store.tailingStreams()).isEqualTo(2);
            });
            store.publish(TestEvents.event(aggregate, 10));
            TrackedEventMessage<?> seenByFirst = take(first, 1).get(0);
            assertThat(take(second, 1).get(0)).isSameAs(seenByFirst);
        }
    }

    @Test
    void shouldLetASlowConsumerReadOnItsOwnWithoutDelayingTheOthers() throws InterruptedException {
        store.shutDown();
        store = storeWith(new SubscriptionSettings(16, 8, 8 << 20, 64, Duration.ofMillis(50), Duration.ofSeconds(10)));
        String aggregate = TestEvents.aggregate();
        try (TrackingEventStream slow = store.openStream(null);
                TrackingEventStream fast = store.openStream(null)) {
            await().untilAsserted(() -> {
                slow.hasNextAvailable();
                fast.hasNextAvailable();
                assertThat(store.tailingStreams()).isEqualTo(2);
            });
            for (int i = 0; i < 20; i++) {
                store.publish(TestEvents.events(aggregate, i * 10L, i * 10L + 10));
                assertThat(payloads(take(fast, 10))).containsExactly(payloads(aggregate, i * 10, i * 10 + 10));
            }
            await().untilAsserted(() -> assertThat(store.tailingStreams()).isEqualTo(1));
            assertThat(payloads(take(slow, 200))).containsExactly(payloads(aggregate, 0, 200));
            await().untilAsserted(() -> {
                slow.hasNextAvailable();
                assertThat(store.tailingStreams()).isEqualTo(2);
            });
        }
    }

    @Test
    void shouldDeliverToAFastConsumerWhileAnotherTakesOneEventPerSecond() throws Exception {
        store.shutDown();
        store = storeWith(new SubscriptionSettings(16, 8, 8 << 20, 64, Duration.ofMillis(50), Duration.ofSeconds(10)));
        String aggregate = TestEvents.aggregate();
        Queue<TrackedEventMessage<?>> taken = new ConcurrentLinkedQueue<>();
        ScheduledExecutorService slowly = Executors.newSingleThreadScheduledExecutor();
        int published = 0;
        try (TrackingEventStream slow = store.openStream(null);
                TrackingEventStream fast = store.openStream(null)) {
            ScheduledFuture<?> consumption =
                    slowly.scheduleAtFixedRate(() -> takeOne(slow, taken), 1, 1, TimeUnit.SECONDS);
            while (taken.size() < 4) {
                store.publish(TestEvents.events(aggregate, published, published + 10L));
                long begin = System.nanoTime();
                assertThat(payloads(take(fast, 10))).containsExactly(payloads(aggregate, published, published + 10));
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
                assertThat(consumption.isDone())
                        .as("the slow consumer has failed")
                        .isFalse();
                published += 10;
                await().pollDelay(Duration.ofMillis(50)).until(() -> true);
            }
            slowly.shutdown();
            assertThat(slowly.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            assertThat(published).isGreaterThan(100);
            List<TrackedEventMessage<?>> all = new ArrayList<>(taken);
            all.addAll(take(slow, published - all.size()));
            assertThat(payloads(all)).containsExactly(payloads(aggregate, 0, published));
        } finally {
            slowly.shutdownNow();
        }
    }

    private static void takeOne(TrackingEventStream stream, Queue<TrackedEventMessage<?>> taken) {
        try {
            taken.add(stream.nextAvailable());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The test is over", e);
        }
    }

    @Test
    void shouldBufferFewerEventsWhenTheyAreLarge() throws InterruptedException {
        store.shutDown();
        store = storeWith(
                new SubscriptionSettings(1000, 1000, 200_000, 64, Duration.ofMillis(50), Duration.ofSeconds(10)));
        String aggregate = TestEvents.aggregate();
        try (TrackingEventStream waiting = store.openStream(null);
                TrackingEventStream reading = store.openStream(null)) {
            await().untilAsserted(() -> {
                waiting.hasNextAvailable();
                reading.hasNextAvailable();
                assertThat(store.tailingStreams()).isEqualTo(2);
            });
            for (int i = 0; i < 20; i++) {
                store.publish(TestEvents.event(aggregate, i, "x".repeat(50_000) + i));
                assertThat(payloads(take(reading, 1))).containsExactly("x".repeat(50_000) + i);
            }
            await().untilAsserted(() -> assertThat(store.tailingStreams()).isEqualTo(1));
            assertThat(payloads(take(waiting, 20))).last().isEqualTo("x".repeat(50_000) + 19);
        }
    }

    @Test
    void shouldCallBackImmediatelyAndAfterEachEvent() throws InterruptedException {
        String aggregate = TestEvents.aggregate();
        AtomicInteger calls = new AtomicInteger();
        try (TrackingEventStream stream = store.openStream(null)) {
            assertThat(stream.setOnAvailableCallback(calls::incrementAndGet)).isTrue();
            assertThat(calls).hasValue(1);
            await().untilAsserted(() -> {
                stream.hasNextAvailable();
                assertThat(store.tailingStreams()).isEqualTo(1);
            });
            int before = calls.get();
            store.publish(TestEvents.event(aggregate, 0));
            await().untilAsserted(() -> assertThat(calls.get()).isGreaterThan(before));
            assertThat(stream.hasNextAvailable()).isTrue();
        }
    }

    @Test
    void shouldKeepDeliveringWhenAConsumersCallbackThrows() throws InterruptedException {
        String aggregate = TestEvents.aggregate();
        try (TrackingEventStream throwing = store.openStream(null);
                TrackingEventStream other = store.openStream(null)) {
            throwing.setOnAvailableCallback(() -> {
                throw new IllegalStateException("As planned");
            });
            for (int i = 0; i < 3; i++) {
                store.publish(TestEvents.events(aggregate, i * 5L, i * 5L + 5));
                assertThat(payloads(take(other, 5))).containsExactly(payloads(aggregate, i * 5, i * 5 + 5));
                assertThat(payloads(take(throwing, 5))).containsExactly(payloads(aggregate, i * 5, i * 5 + 5));
            }
        }
    }

    @Test
    void shouldCountTheLagOfAConsumerOnTheLiveFeed() throws InterruptedException {
        String aggregate = TestEvents.aggregate();
        try (TrackingEventStream stream = store.openStream(null)) {
            await().untilAsserted(() -> {
                stream.hasNextAvailable();
                assertThat(store.tailingStreams()).isEqualTo(1);
            });
            assertThat(store.maxEventsBehind()).isZero();
            assertThat(store.maxLag()).isZero();
            store.publish(TestEvents.events(aggregate, 0, 30));
            await().untilAsserted(() -> assertThat(store.maxEventsBehind()).isEqualTo(30));
            await().untilAsserted(() -> assertThat(store.maxLag()).isGreaterThan(Duration.ofMillis(20)));
            take(stream, 20);
            assertThat(store.maxEventsBehind()).isEqualTo(10);
            assertThat(store.maxLag()).isPositive();
            take(stream, 10);
            assertThat(store.maxEventsBehind()).isZero();
            assertThat(store.maxLag()).isZero();
        }
    }

    /** The consumer has received few events, and is behind by all of them. */
    @Test
    void shouldEstimateTheLagOfAConsumerThatCatchesUp() throws InterruptedException {
        store.shutDown();
        String aggregate = TestEvents.aggregate();
        for (int i = 0; i < 10; i++) {
            engine.appendEvents(TestEvents.events(aggregate, i * 100L, i * 100L + 100));
        }
        store = storeWith(new SubscriptionSettings(16, 8, 8 << 20, 64, Duration.ofMillis(50), Duration.ofSeconds(10)));
        TrackingToken first;
        try (TrackingEventStream stream = store.openStream(null)) {
            first = take(stream, 1).get(0).trackingToken();
        }
        try (TrackingEventStream stream = store.openStream(first)) {
            take(stream, 200);
            await().untilAsserted(() -> assertThat(store.maxEventsBehind()).isBetween(780L, 820L));
            assertThat(store.maxLag()).isPositive();
            take(stream, 799);
            await().untilAsserted(() -> {
                stream.hasNextAvailable();
                assertThat(store.maxEventsBehind()).isZero();
                assertThat(store.maxLag()).isZero();
            });
        }
    }

    @Test
    void shouldDeliverEventsOfUnknownTypesSoThatTokensAdvance() throws InterruptedException {
        EventStoreDbEventStorageEngine foreign = TestEngines.engine(
                connection,
                engine.names(),
                builder -> builder.eventTypes(EventTypeRegistry.builder()
                        .register("elsewhere.NumberDrawn", 7, Integer.class)
                        .build()));
        foreign.appendEvents(GenericEventMessage.asEventMessage(42));
        try (TrackingEventStream stream = store.openStream(null)) {
            TrackedEventMessage<?> event = take(stream, 1).get(0);
            assertThat(event.trackingToken()).isEqualTo(store.createHeadToken());
            assertThat(event.getPayloadType().getSimpleName()).isEqualTo("UnknownSerializedType");
        }
    }

    @Test
    void shouldHideSnapshotsFromConsumers() throws InterruptedException {
        String aggregate = TestEvents.aggregate();
        store.publish(TestEvents.event(aggregate, 0));
        store.storeSnapshot(TestEvents.event(aggregate, 0));
        store.publish(TestEvents.event(aggregate, 1));
        store.storeSnapshot(TestEvents.event(aggregate, 1));
        try (TrackingEventStream stream = store.openStream(null)) {
            List<TrackedEventMessage<?>> events = take(stream, 2);
            assertThat(payloads(events)).containsExactly(payloads(aggregate, 0, 2));
            assertThat(stream.hasNextAvailable(100, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(store.headPosition()).hasValue(position(events.get(1)));
        }
    }

    @Test
    void shouldExposeTheAppendedPositionInTheUnitOfWork() throws InterruptedException {
        AtomicLong appendedAt = new AtomicLong();
        DefaultUnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(null);
        AppendedPosition.whenCommitted(unitOfWork, appendedAt::set);
        assertThat(AppendedPosition.of(unitOfWork)).isEmpty();
        store.publish(TestEvents.events(TestEvents.aggregate(), 0, 3));
        unitOfWork.commit();
        try (TrackingEventStream stream = store.openStream(null)) {
            assertThat(position(take(stream, 3).get(2))).isEqualTo(appendedAt.get());
        }
    }

    @Test
    void shouldRefuseTokensOfOtherStores() {
        assertThatThrownBy(() -> store.openStream(GapAwareTrackingToken.newInstance(3, List.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private EventStoreDbEventStore storeWith(SubscriptionSettings settings) {
        return EventStoreDbEventStore.builder()
                .storageEngine(engine)
                .subscriptionSettings(settings)
                .build();
    }
}
