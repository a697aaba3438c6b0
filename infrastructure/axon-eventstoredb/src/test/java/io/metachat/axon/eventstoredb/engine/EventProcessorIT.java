package io.metachat.axon.eventstoredb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Axon's pooled streaming processor on this store. */
class EventProcessorIT {

    @RegisterExtension
    static final TestStore STORE = new TestStore();

    private final InMemoryTokenStore tokens = new InMemoryTokenStore();
    private final Projection projection = new Projection();
    private final BrokenProjection broken = new BrokenProjection();

    private EventStoreDbConnection connection;
    private EventStoreDbEventStore store;
    private Configuration axon;

    @BeforeEach
    void start() {
        connection = EventStoreDbConnection.open(STORE.connectionString());
        store = EventStoreDbEventStore.builder()
                .storageEngine(TestEngines.engine(connection, TestStore.freshNames()))
                .build();
        axon = DefaultConfigurer.defaultConfiguration(false)
                .configureEventStore(configuration -> store)
                .eventProcessing(processing -> processing
                        .registerTokenStore(configuration -> tokens)
                        .registerDefaultListenerInvocationErrorHandler(
                                configuration -> PropagatingErrorHandler.instance())
                        .byDefaultAssignTo("projection")
                        .registerEventHandler(configuration -> projection)
                        .registerEventHandler(configuration -> broken)
                        .registerPooledStreamingEventProcessor(
                                "projection", configuration -> store, EventProcessorIT::settings)
                        .registerPooledStreamingEventProcessor(
                                "broken", configuration -> store, EventProcessorIT::settings))
                .start();
    }

    @AfterEach
    void stop() {
        axon.shutdown();
        store.shutDown();
        connection.close();
    }

    @Test
    void shouldHandleEveryEventInOrderEvenAfterAFailure() {
        String aggregate = TestEvents.aggregate();
        projection.failOnceOn.add(aggregate + "@7");
        store.publish(TestEvents.events(aggregate, 0, 20));
        await().untilAsserted(() -> assertThat(projection.handled)
                .endsWith(aggregate + "@19")
                .containsSubsequence(TestEvents.events(aggregate, 0, 20).stream()
                        .map(event -> event.getPayload())
                        .toList()));
        assertThat(projection.failOnceOn).isEmpty();
    }

    @Test
    void shouldContinueNextToAFailingProcessorWhichResumesOnceItIsFixed() {
        String aggregate = TestEvents.aggregate();
        broken.throwsOn = aggregate + "@3";
        store.publish(TestEvents.events(aggregate, 0, 10));
        await().untilAsserted(() -> {
            assertThat(projection.handled).containsExactlyElementsOf(payloads(aggregate, 0, 10));
            assertThat(broken.failures).hasValueGreaterThan(1);
        });
        store.publish(TestEvents.events(aggregate, 10, 20));
        await().untilAsserted(
                        () -> assertThat(projection.handled).containsExactlyElementsOf(payloads(aggregate, 0, 20)));
        assertThat(broken.handled).doesNotContainAnyElementsOf(payloads(aggregate, 3, 20));
        broken.throwsOn = "";
        await().untilAsserted(() ->
                assertThat(broken.handled).endsWith(payloads(aggregate, 3, 20).toArray(String[]::new)));
    }

    @Test
    void shouldReachTheHeadOfTheStore() {
        store.publish(TestEvents.events(TestEvents.aggregate(), 0, 5));
        long head = store.headPosition().orElseThrow();
        await().untilAsserted(() -> assertThat(reached()).isEqualTo(head));
    }

    @Test
    void shouldReplayAfterAReset() {
        String aggregate = TestEvents.aggregate();
        store.publish(TestEvents.events(aggregate, 0, 5));
        await().untilAsserted(() -> assertThat(projection.handled).hasSize(5));
        PooledStreamingEventProcessor processor = axon.eventProcessingConfiguration()
                .eventProcessor("projection", PooledStreamingEventProcessor.class)
                .orElseThrow();
        processor.shutDown();
        processor.resetTokens(source -> source.createTailToken());
        processor.start();
        await().untilAsserted(() -> assertThat(projection.handled).hasSize(10));
    }

    private static PooledStreamingEventProcessor.Builder settings(
            Configuration configuration, PooledStreamingEventProcessor.Builder builder) {
        return builder.initialSegmentCount(1)
                .tokenClaimInterval(100)
                .batchSize(10)
                .initialToken(source -> source.createTailToken());
    }

    private static List<String> payloads(String aggregate, int from, int to) {
        return TestEvents.events(aggregate, from, to).stream()
                .map(event -> event.getPayload())
                .toList();
    }

    private long reached() {
        return axon
                .eventProcessingConfiguration()
                .eventProcessor("projection", PooledStreamingEventProcessor.class)
                .orElseThrow()
                .processingStatus()
                .values()
                .stream()
                .map(status -> status.getTrackingToken())
                .mapToLong(EventProcessorIT::position)
                .min()
                .orElse(-1);
    }

    private static long position(TrackingToken token) {
        return token == null ? -1 : token.position().orElse(-1);
    }

    @ProcessingGroup("broken")
    static class BrokenProjection {

        final Queue<String> handled = new ConcurrentLinkedQueue<>();
        final AtomicInteger failures = new AtomicInteger();
        volatile String throwsOn = "";

        @EventHandler
        void on(String payload) {
            if (payload.equals(throwsOn)) {
                failures.incrementAndGet();
                throw new IllegalStateException("As planned");
            }
            handled.add(payload);
        }
    }

    static class Projection {

        final Queue<String> handled = new ConcurrentLinkedQueue<>();
        final Set<String> failOnceOn = ConcurrentHashMap.newKeySet();

        @EventHandler
        void on(String payload) {
            if (failOnceOn.remove(payload)) {
                throw new IllegalStateException("This once");
            }
            handled.add(payload);
        }
    }
}
