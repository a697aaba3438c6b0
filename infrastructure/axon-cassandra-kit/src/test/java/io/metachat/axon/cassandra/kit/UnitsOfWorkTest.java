package io.metachat.axon.cassandra.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.junit.jupiter.api.Test;

/** The imitation must be like the real thing, also after an upgrade of Axon. */
class UnitsOfWorkTest {

    @Test
    void shouldMarkABatchAsAxonsProcessorsDo() throws Exception {
        EmbeddedEventStore events = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        CompletableFuture<Map<String, Object>> resources = new CompletableFuture<>();
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
        PooledStreamingEventProcessor processor = PooledStreamingEventProcessor.builder()
                .name("real")
                .eventHandlerInvoker(new Recorder(resources))
                .errorHandler(PropagatingErrorHandler.INSTANCE)
                .messageSource(events)
                .tokenStore(new InMemoryTokenStore())
                .transactionManager(NoTransactionManager.INSTANCE)
                .coordinatorExecutor(threads)
                .workerExecutor(threads)
                .initialToken(StreamableMessageSource::createTailToken)
                .initialSegmentCount(1)
                .build();
        try {
            processor.start();
            events.publish(GenericEventMessage.asEventMessage("event"));

            assertThat(resources.get(20, TimeUnit.SECONDS)).containsEntry(UnitsOfWork.segmentResource("real"), 0);
        } finally {
            processor.shutDown();
            threads.shutdownNow();
            events.shutDown();
        }
    }

    /** Takes down the resources of the first event's batch. */
    private record Recorder(CompletableFuture<Map<String, Object>> resources) implements EventHandlerInvoker {

        @Override
        public boolean canHandle(EventMessage<?> event, Segment segment) {
            return true;
        }

        @Override
        public void handle(EventMessage<?> event, Segment segment) {
            resources.complete(new HashMap<>(CurrentUnitOfWork.get().resources()));
        }
    }
}
