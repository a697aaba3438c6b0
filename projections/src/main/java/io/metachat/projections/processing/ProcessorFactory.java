package io.metachat.projections.processing;

import io.metachat.axon.cassandra.CassandraUnavailableException;
import io.metachat.axon.cassandra.deadletter.CassandraDeadLetterQueues;
import io.metachat.axon.cassandra.deadletter.DeadLetterSequences;
import io.metachat.axon.cassandra.deadletter.ParkingPolicy;
import io.metachat.axon.cassandra.processor.AxonInternals;
import io.metachat.axon.cassandra.processor.WaitingProcessors;
import io.metachat.projections.ProjectionProperties;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.TableWriter;
import io.metachat.service.correlation.MessageCorrelation;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.deadletter.DeadLetteringEventHandlerInvoker;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;

/** Makes the processor of a version of a projection. It begins at the first event there is. */
final class ProcessorFactory {

    private final WaitingProcessors waiting;
    private final EventStore eventStore;
    private final TokenStore tokenStore;
    private final CassandraDeadLetterQueues deadLetters;
    private final TableWriter writer;
    private final MessageCorrelation correlation;
    private final ProjectionProperties properties;
    private final Duration claimTimeout;
    private final RebuildPace pace;
    private final ScheduledExecutorService coordinator;

    ProcessorFactory(
            WaitingProcessors waiting,
            EventStore eventStore,
            TokenStore tokenStore,
            CassandraDeadLetterQueues deadLetters,
            TableWriter writer,
            MessageCorrelation correlation,
            ProjectionProperties properties,
            Duration claimTimeout,
            RebuildPace pace,
            ScheduledExecutorService coordinator) {
        this.waiting = waiting;
        this.eventStore = eventStore;
        this.tokenStore = tokenStore;
        this.deadLetters = deadLetters;
        this.writer = writer;
        this.correlation = correlation;
        this.properties = properties;
        this.claimTimeout = claimTimeout;
        this.pace = pace;
        this.coordinator = coordinator;
    }

    /** @param building whether the version is not read yet, and its writes yield to those who read */
    ProjectionProcessor create(Projection projection, int version, BooleanSupplier building) {
        String group = ProjectionProcessor.group(projection.name(), version);
        Supplier<WriteBatch> batches = () -> building.getAsBoolean()
                ? batch(version, properties.rebuildWritesInFlight(), pace)
                : batch(version, properties.writesInFlight(), Pace.FULL);
        ProjectionEventHandler handler = new ProjectionEventHandler(projection, batches);
        SequencedDeadLetterQueue<EventMessage<?>> queue = deadLetters.of(group);
        DeadLetteringEventHandlerInvoker invoker = DeadLetteringEventHandlerInvoker.builder()
                .eventHandlers(handler)
                .sequencingPolicy(new PersonSequencing())
                .queue(queue)
                // A refused write has a cause of the driver's, too: what passes is told by the batch alone.
                .enqueuePolicy(new ParkingPolicy(CassandraUnavailableException.class::isInstance))
                .transactionManager(NoTransactionManager.INSTANCE)
                // Asking the queue before each event would cost as much as writing it.
                .enableSequenceIdentifierCache()
                .build();
        ScheduledExecutorService workers = workers(group);
        DeadLetterSequences parked = new DeadLetterSequences(queue, invoker);
        PooledStreamingEventProcessor processor = waiting.create(PooledStreamingEventProcessor.builder()
                .name(group)
                .eventHandlerInvoker(invoker)
                .errorHandler(PropagatingErrorHandler.INSTANCE)
                .messageSource(eventStore)
                .tokenStore(tokenStore)
                .transactionManager(NoTransactionManager.INSTANCE)
                .coordinatorExecutor(coordinator)
                .workerExecutor(workers)
                .initialSegmentCount(properties.segmentsOf(projection.name()))
                .initialToken(StreamableMessageSource::createTailToken)
                .tokenClaimInterval(properties.claimInterval().toMillis())
                // Also of a batch that takes longer than a claim, since it yields to many who read.
                .enableCoordinatorClaimExtension()
                .claimExtensionThreshold(AxonInternals.claimExtensionThreshold(claimTimeout))
                .batchSize(properties.batchSizeOf(projection.name())));
        processor.registerHandlerInterceptor(correlation);
        processor.registerHandlerInterceptor(new ForgetParked(parked));
        processor.registerHandlerInterceptor(new BatchInterceptor(batches, handler::suspect));
        return new ProjectionProcessor(projection.name(), version, processor, parked, workers);
    }

    private WriteBatch batch(int version, int writesInFlight, Pace pace) {
        return new WriteBatch(writer, version, writesInFlight, properties.writeTimeout(), pace);
    }

    /** Of one version alone: while a rebuild waits, nobody waits for its threads. */
    private ScheduledExecutorService workers(String group) {
        return Executors.newScheduledThreadPool(properties.threads(), new AxonThreadFactory(group));
    }
}
