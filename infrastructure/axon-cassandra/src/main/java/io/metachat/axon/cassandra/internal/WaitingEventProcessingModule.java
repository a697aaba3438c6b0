package io.metachat.axon.cassandra.internal;

import io.metachat.axon.cassandra.CassandraConnection;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingModule;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.StreamableMessageSource;

/** Axon's module with pooled streaming processors that wait for their stores. */
public class WaitingEventProcessingModule extends EventProcessingModule {

    private final CassandraConnection connection;

    public WaitingEventProcessingModule(CassandraConnection connection) {
        this.connection = connection;
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
                processorConfiguration.andThen((configuration, builder) -> new WaitingBuilder(builder)));
    }

    /** Stands last in the chain of configurations, so that nothing but {@link #build()} is called on it. */
    private final class WaitingBuilder extends PooledStreamingEventProcessor.Builder {

        private final PooledStreamingEventProcessor.Builder configured;

        private WaitingBuilder(PooledStreamingEventProcessor.Builder configured) {
            this.configured = configured;
        }

        @Override
        public PooledStreamingEventProcessor build() {
            WaitingPooledStreamingEventProcessor processor = new WaitingPooledStreamingEventProcessor(configured);
            connection.onConnected(processor::retryNow);
            return processor;
        }
    }
}
