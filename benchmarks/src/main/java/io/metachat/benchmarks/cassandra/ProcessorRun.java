package io.metachat.benchmarks.cassandra;

import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;

/**
 * One run of a pooled streaming processor over a stream of events, with a handler that does nothing.
 *
 * @param batches units of work; the processor stores its token with each
 * @param requests requests to the token store's server between the first event and the last token
 */
record ProcessorRun(int events, int batches, long requests, double seconds) {

    private static final int PATIENCE_SECONDS = 300;

    record Happened(int number) {}

    /** Waits for the last event. */
    @ProcessingGroup("run")
    static final class Handler {

        private final CountDownLatch left;

        private Handler(int events) {
            this.left = new CountDownLatch(events);
        }

        @EventHandler
        void on(Happened event) {
            left.countDown();
        }

        private void awaitAll() {
            try {
                if (!left.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("The processor did not come to an end");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted", e);
            }
        }
    }

    double eventsPerSecond() {
        return events / seconds;
    }

    static ProcessorRun over(int events, int batchSize, TokenStore tokens, LongSupplier requests) {
        String processor = "run-" + UUID.randomUUID();
        // Claimed and initialized before the count starts.
        tokens.initializeTokenSegments(processor, 1);
        Handler handler = new Handler(events);
        AtomicInteger batches = new AtomicInteger();
        Configuration axon = DefaultConfigurer.defaultConfiguration()
                .configureEmbeddedEventStore(configuration -> store(events))
                .eventProcessing(processing -> processing
                        .usingPooledStreamingEventProcessors()
                        .assignProcessingGroup("run", processor)
                        .registerTokenStore(configuration -> tokens)
                        .registerPooledStreamingEventProcessorConfiguration(
                                processor,
                                (configuration, builder) -> builder.batchSize(batchSize)
                                        .initialToken(StreamableMessageSource::createTailToken))
                        .registerHandlerInterceptor(processor, configuration -> (unitOfWork, chain) -> {
                            if (unitOfWork.root().resources().putIfAbsent(processor, true) == null) {
                                unitOfWork.root().afterCommit(committed -> batches.incrementAndGet());
                            }
                            return chain.proceed();
                        })
                        .registerEventHandler(configuration -> handler))
                .buildConfiguration();
        long requestsBefore = requests.getAsLong();
        long start = System.nanoTime();
        axon.start();
        double seconds;
        try {
            handler.awaitAll();
            seconds = (System.nanoTime() - start) / 1e9;
        } finally {
            // Waits for the batch of the last event.
            axon.shutdown();
        }
        return new ProcessorRun(events, batches.get(), requests.getAsLong() - requestsBefore, seconds);
    }

    private static EventStorageEngine store(int events) {
        InMemoryEventStorageEngine store = new InMemoryEventStorageEngine();
        store.appendEvents(IntStream.range(0, events)
                .mapToObj(number -> GenericEventMessage.<Happened>asEventMessage(new Happened(number)))
                .toList());
        return store;
    }
}
