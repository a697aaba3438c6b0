package io.metachat.axon.eventstoredb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.metachat.axon.eventstoredb.Backoff;
import io.metachat.axon.eventstoredb.EventStoreDbObserver;
import io.metachat.axon.eventstoredb.RetryPolicy;
import io.metachat.axon.eventstoredb.StoreUnavailableException;
import io.metachat.axon.eventstoredb.SubscriptionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the server at random moments while writers append and consumers read. */
class ResilienceIT {

    private static final int WRITERS = 8;
    private static final long SEED = System.nanoTime();

    private final AtomicBoolean stopWriting = new AtomicBoolean();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Random random = new Random(SEED);

    @TempDir
    private Path data;

    private KillableServer server;
    private EventStoreDbConnection connection;
    private EventStoreDbEventStorageEngine engine;
    private EventStoreDbEventStore store;

    @BeforeEach
    void start() throws IOException {
        server = new KillableServer(data);
        connection = EventStoreDbConnection.open(
                server.connectionString() + "&discoveryInterval=50",
                Duration.ofSeconds(3),
                new RetryPolicy(new Backoff(Duration.ofMillis(20), Duration.ofMillis(200)), Duration.ofSeconds(2)),
                new Backoff(Duration.ofMillis(20), Duration.ofMillis(200)),
                EventStoreDbObserver.NONE);
        engine = TestEngines.engine(connection, TestStore.freshNames());
        store = EventStoreDbEventStore.builder()
                .storageEngine(engine)
                .subscriptionSettings(
                        new SubscriptionSettings(64, 256, 8 << 20, 64, Duration.ofMillis(200), Duration.ofSeconds(1)))
                .build();
    }

    @AfterEach
    void stop() throws InterruptedException {
        stopWriting.set(true);
        threads.shutdownNow();
        store.shutDown();
        connection.close();
        server.close();
    }

    @Test
    void shouldNeitherLoseNorDuplicateEventsWhenTheServerIsKilled() throws Exception {
        killsUnderLoad(3);
    }

    @Test
    @Tag("soak")
    void shouldNeitherLoseNorDuplicateEventsInTwoHundredKills() throws Exception {
        killsUnderLoad(200);
    }

    @Test
    void shouldResumeAfterAnOutage() throws Exception {
        outage(Duration.ofSeconds(2));
    }

    @Test
    @Tag("soak")
    void shouldResumeAfterAMinuteWithoutTheServer() throws Exception {
        outage(Duration.ofSeconds(60));
    }

    private void killsUnderLoad(int kills) throws Exception {
        Consumer steady = new Consumer(0, false);
        Consumer slow = new Consumer(2, false);
        Consumer restarted = new Consumer(0, true);
        List<Future<?>> consuming = List.of(threads.submit(steady), threads.submit(slow), threads.submit(restarted));
        List<Writer> writers = IntStream.range(0, WRITERS)
                .mapToObj(i -> new Writer("writer-" + i))
                .toList();
        List<Future<?>> writing =
                writers.stream().<Future<?>>map(threads::submit).toList();
        for (int kill = 0; kill < kills; kill++) {
            awaitProgress(writers);
            pause(random.nextInt(300));
            server.kill();
            pause(random.nextInt(300));
            server.start();
        }
        awaitProgress(writers);
        stopWriting.set(true);
        for (Future<?> writer : writing) {
            writer.get(60, TimeUnit.SECONDS);
        }
        long acknowledged = writers.stream().mapToLong(Writer::acknowledged).sum();
        assertThat(acknowledged).as("seed %d", SEED).isGreaterThan(kills);
        for (Consumer consumer : List.of(steady, slow, restarted)) {
            consumer.finish(acknowledged);
        }
        for (Future<?> consumer : consuming) {
            consumer.get(120, TimeUnit.SECONDS);
        }
        assertStoredOnceWithoutGap(writers);
        List<Seen> stored = engine.readEvents(null, false).<Seen>map(Seen::of).toList();
        assertThat(stored).as("seed %d", SEED).hasSize((int) acknowledged);
        for (Consumer consumer : List.of(steady, slow, restarted)) {
            assertThat(consumer.seen).as("seed %d", SEED).isEqualTo(stored);
        }
    }

    private void outage(Duration duration) throws Exception {
        String aggregate = TestEvents.aggregate();
        try (TrackingEventStream stream = store.openStream(null)) {
            publishUntilStored(TestEvents.events(aggregate, 0, 1));
            TestConsumers.take(stream, 1);
            server.kill();
            pause(duration.toMillis());
            assertThat(stream.hasNextAvailable()).isFalse();
            server.start();
            publishUntilStored(TestEvents.events(aggregate, 1, 4));
            assertThat(TestConsumers.payloads(TestConsumers.take(stream, 3)))
                    .containsExactly(TestConsumers.payloads(aggregate, 1, 4));
        }
    }

    /** Publishes until it succeeds, always with the same identifiers. */
    private void publishUntilStored(List<DomainEventMessage<String>> events) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofMinutes(2))
                .pollInSameThread()
                .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                .until(() -> {
                    store.publish(events);
                    return true;
                });
    }

    private static List<Object> payloads(Writer writer) {
        return LongStream.range(0, writer.acknowledged())
                .<Object>mapToObj(i -> writer.aggregate + "@" + i)
                .toList();
    }

    private void assertStoredOnceWithoutGap(List<Writer> writers) {
        for (Writer writer : writers) {
            assertThat(engine.readEvents(writer.aggregate).asStream().map(event -> (Object) event.getPayload()))
                    .as("events of %s, seed %d", writer.aggregate, SEED)
                    .containsExactlyElementsOf(payloads(writer));
        }
    }

    /** Waits until a writer has progressed, so that each kill interrupts an append. */
    private static void awaitProgress(List<Writer> writers) {
        long before = writers.stream().mapToLong(Writer::acknowledged).sum();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> writers.stream().mapToLong(Writer::acknowledged).sum() > before);
    }

    /** Waits by the clock, because the moments of a kill are not events that can be awaited. */
    private static void pause(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        await().pollInterval(Duration.ofMillis(5)).atMost(Duration.ofMinutes(5)).until(() -> System.nanoTime() >= end);
    }

    /** An event and the position of its token. */
    private record Seen(long position, Object payload) {

        static Seen of(TrackedEventMessage<?> event) {
            return new Seen(TestConsumers.position(event), event.getPayload());
        }
    }

    /** Appends events one by one and repeats each until it succeeds, always with the same identifier. */
    private final class Writer implements Runnable {

        private final String aggregate;
        private final AtomicLong acknowledged = new AtomicLong();

        Writer(String aggregate) {
            this.aggregate = aggregate;
        }

        long acknowledged() {
            return acknowledged.get();
        }

        @Override
        public void run() {
            while (!stopWriting.get()) {
                publishUntilStored(List.of(TestEvents.event(aggregate, acknowledged.get())));
                acknowledged.incrementAndGet();
            }
        }
    }

    /** Records the events it receives. It may be slow under load, or reopen its stream from its token repeatedly. */
    private final class Consumer implements Runnable {

        private static final int EVENTS_A_STREAM = 50;

        private final int pauseMillis;
        private final boolean restarts;
        private final List<Seen> seen = new ArrayList<>();
        private final AtomicLong expected = new AtomicLong(Long.MAX_VALUE);

        Consumer(int pauseMillis, boolean restarts) {
            this.pauseMillis = pauseMillis;
            this.restarts = restarts;
        }

        void finish(long events) {
            expected.set(events);
        }

        @Override
        public void run() {
            TrackingToken token = null;
            try {
                while (seen.size() < expected.get()) {
                    try (TrackingEventStream stream = store.openStream(token)) {
                        token = consume(stream, token);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private TrackingToken consume(TrackingEventStream stream, TrackingToken from) throws InterruptedException {
            TrackingToken token = from;
            int last = restarts ? seen.size() + EVENTS_A_STREAM : Integer.MAX_VALUE;
            while (seen.size() < Math.min(last, expected.get())) {
                if (stream.hasNextAvailable(100, TimeUnit.MILLISECONDS)) {
                    TrackedEventMessage<?> event = stream.nextAvailable();
                    seen.add(Seen.of(event));
                    token = event.trackingToken();
                    if (pauseMillis > 0 && !stopWriting.get()) {
                        pause(pauseMillis);
                    }
                }
            }
            return token;
        }
    }
}
