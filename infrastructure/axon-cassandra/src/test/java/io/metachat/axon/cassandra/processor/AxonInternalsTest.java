package io.metachat.axon.cassandra.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.annotation.ParameterResolver;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.DeadLetterParameterResolverFactory;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each assumption about Axon's inside, against Axon itself. */
class AxonInternalsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EmbeddedEventStore events = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(3);

    @AfterEach
    void stop() {
        threads.shutdownNow();
        events.shutDown();
    }

    @Test
    void shouldRecogniseTheEndOfABatchByItsProcessorAndSegment() {
        List<List<Boolean>> stores = new CopyOnWriteArrayList<>();
        PooledStreamingEventProcessor processor = processor(
                new InMemoryTokenStore() {

                    @Override
                    public void storeToken(TrackingToken token, String processorName, int segment) {
                        stores.add(List.of(
                                AxonInternals.isEndingBatch("real", 0),
                                AxonInternals.isEndingBatch("real", 1),
                                AxonInternals.isEndingBatch("another", 0)));
                        super.storeToken(token, processorName, segment);
                    }
                },
                event -> {},
                5_000);
        try {
            processor.start();
            events.publish(GenericEventMessage.asEventMessage("event"));

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(stores).contains(List.of(true, false, false)));
            assertThat(AxonInternals.isEndingBatch("real", 0)).isFalse();
        } finally {
            processor.shutDown();
        }
    }

    @Test
    void shouldEndTheBackOffOfAFailedProcessor() {
        AtomicInteger attempts = new AtomicInteger();
        PooledStreamingEventProcessor processor = processor(
                new InMemoryTokenStore() {

                    @Override
                    public List<Segment> fetchAvailableSegments(String processorName) {
                        attempts.incrementAndGet();
                        throw new IllegalStateException("told to fail");
                    }
                },
                event -> {},
                5_000);
        try {
            processor.start();
            // Axon doubles its back-off from half a second: the next attempt is four seconds away.
            await().atMost(PATIENCE).until(() -> attempts.get() == 4);
            assertThat(processor.isError()).isTrue();

            AxonInternals.endBackOff(processor);

            await().atMost(Duration.ofSeconds(2)).until(() -> attempts.get() == 5);
            assertThat(processor.isRunning()).isTrue();
        } finally {
            processor.shutDown();
        }
    }

    @Test
    void shouldExtendAClaimBeforeHalfOfItHasPassed() {
        Duration claimTimeout = Duration.ofSeconds(4);
        List<Long> extensions = new CopyOnWriteArrayList<>();
        PooledStreamingEventProcessor processor = processor(
                new InMemoryTokenStore() {

                    @Override
                    public void extendClaim(String processorName, int segment) {
                        extensions.add(System.nanoTime());
                    }
                },
                event -> {},
                AxonInternals.claimExtensionThreshold(claimTimeout));
        try {
            processor.start();

            await().atMost(PATIENCE).until(() -> extensions.size() > 3);
            for (int i = 1; i < extensions.size(); i++) {
                assertThat(Duration.ofNanos(extensions.get(i) - extensions.get(i - 1)))
                        .isLessThan(claimTimeout.dividedBy(2).plusMillis(500));
            }
        } finally {
            processor.shutDown();
        }
    }

    @Test
    void shouldGiveAHandlerItsDeadLetter() throws Exception {
        EventMessage<?> event = GenericEventMessage.asEventMessage("event");
        DeadLetter<EventMessage<?>> letter = new GenericDeadLetter<>("sequence", event);
        Method handler = Handlers.class.getDeclaredMethod("on", String.class, DeadLetter.class);
        ParameterResolver<?> resolver =
                new DeadLetterParameterResolverFactory().createInstance(handler, handler.getParameters(), 1);

        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(event);
        AxonInternals.attach(letter);

        assertThat(resolver.resolveParameterValue(event)).isSameAs(letter);
        unitOfWork.rollback();
    }

    interface Handlers {
        void on(String event, DeadLetter<?> letter);
    }

    private PooledStreamingEventProcessor processor(
            InMemoryTokenStore tokens, Consumer<EventMessage<?>> handler, long claimExtensionThreshold) {
        return PooledStreamingEventProcessor.builder()
                .name("real")
                .eventHandlerInvoker(new Handling(handler))
                .errorHandler(PropagatingErrorHandler.INSTANCE)
                .messageSource(events)
                .tokenStore(tokens)
                .transactionManager(NoTransactionManager.INSTANCE)
                .coordinatorExecutor(threads)
                .workerExecutor(threads)
                .initialToken(StreamableMessageSource::createTailToken)
                .initialSegmentCount(1)
                .claimExtensionThreshold(claimExtensionThreshold)
                .build();
    }

    private record Handling(Consumer<EventMessage<?>> handler) implements EventHandlerInvoker {

        @Override
        public boolean canHandle(EventMessage<?> event, Segment segment) {
            return true;
        }

        @Override
        public void handle(EventMessage<?> event, Segment segment) {
            handler.accept(event);
        }
    }
}
