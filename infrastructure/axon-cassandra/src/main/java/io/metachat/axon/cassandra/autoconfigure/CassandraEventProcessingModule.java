package io.metachat.axon.cassandra.autoconfigure;

import io.metachat.axon.cassandra.processor.AxonInternals;
import io.metachat.axon.cassandra.processor.WaitingProcessors;
import io.metachat.axon.cassandra.saga.SagaConfigurations;
import io.metachat.axon.cassandra.saga.SagaParking;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.config.EventProcessingModule;
import org.axonframework.config.SagaConfiguration;
import org.axonframework.config.SagaConfigurer;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.modelling.saga.AbstractSagaManager;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.SagaManagerSpanFactory;

/** Axon's module with pooled streaming processors that wait for their stores, and with sagas that park. */
class CassandraEventProcessingModule extends EventProcessingModule {

    private final WaitingProcessors waiting;
    private final Duration claimTimeout;
    private final boolean processorsWait;
    private final Function<String, Optional<SagaParking>> parking;

    /**
     * Creates a module.
     *
     * @param waiting builds the processors that wait
     * @param claimTimeout after how long without an extension a claim is lost
     * @param processorsWait whether pooled streaming processors wait for their stores
     * @param parking the parking of the sagas of a processing group; empty when they do not park
     */
    public CassandraEventProcessingModule(
            WaitingProcessors waiting,
            Duration claimTimeout,
            boolean processorsWait,
            Function<String, Optional<SagaParking>> parking) {
        this.waiting = waiting;
        this.claimTimeout = claimTimeout;
        this.processorsWait = processorsWait;
        this.parking = parking;
    }

    /** Runs before the application's own configuration of the saga, which can override it. */
    @Override
    public <T> EventProcessingConfigurer registerSaga(Class<T> sagaType, Consumer<SagaConfigurer<T>> sagaConfigurer) {
        return super.registerSaga(sagaType, saga -> {
            saga.configureSagaManager(configuration -> managerOf(sagaType, configuration));
            sagaConfigurer.accept(saga);
        });
    }

    private <T> AbstractSagaManager<T> managerOf(Class<T> sagaType, Configuration configuration) {
        String group = configuration.eventProcessingConfiguration().sagaProcessingGroup(sagaType);
        return parking.apply(group)
                .map(present -> present.managerOf(sagaType, configuration))
                .orElseGet(() -> usualManagerOf(sagaType, configuration));
    }

    private static <T> AbstractSagaManager<T> usualManagerOf(Class<T> sagaType, Configuration configuration) {
        SagaConfiguration<T> saga = SagaConfigurations.of(sagaType, configuration);
        return AnnotatedSagaManager.<T>builder()
                .sagaType(sagaType)
                .sagaRepository(saga.repository())
                .parameterResolverFactory(configuration.parameterResolverFactory())
                .handlerDefinition(configuration.handlerDefinition(sagaType))
                .listenerInvocationErrorHandler(saga.listenerInvocationErrorHandler())
                .spanFactory(configuration.getComponent(SagaManagerSpanFactory.class))
                .build();
    }

    @Override
    protected EventProcessor pooledStreamingEventProcessor(
            String name,
            EventHandlerInvoker eventHandlerInvoker,
            Configuration config,
            StreamableMessageSource<TrackedEventMessage<?>> messageSource,
            PooledStreamingProcessorConfiguration processorConfiguration) {
        return super.pooledStreamingEventProcessor(
                name,
                eventHandlerInvoker,
                config,
                messageSource,
                claimsInTime()
                        .andThen(processorConfiguration)
                        .andThen((configuration, builder) -> processorsWait ? new WaitingBuilder(builder) : builder));
    }

    /** The first configuration, so that an application can override it. */
    private PooledStreamingProcessorConfiguration claimsInTime() {
        return (configuration, builder) ->
                builder.claimExtensionThreshold(AxonInternals.claimExtensionThreshold(claimTimeout));
    }

    /** The last builder in the chain of configurations, so that only {@link #build()} is called on it. */
    private final class WaitingBuilder extends PooledStreamingEventProcessor.Builder {

        private final PooledStreamingEventProcessor.Builder configured;

        private WaitingBuilder(PooledStreamingEventProcessor.Builder configured) {
            this.configured = configured;
        }

        @Override
        public PooledStreamingEventProcessor build() {
            return waiting.create(configured);
        }
    }
}
