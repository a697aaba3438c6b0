package io.metachat.axon.cassandra.internal;

import io.metachat.axon.cassandra.CassandraConnection;
import java.time.Duration;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingModule;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.StreamableMessageSource;

/** Axon's module with pooled streaming processors that wait for their stores. */
public class WaitingEventProcessingModule extends EventProcessingModule {

    /** An idle processor looks at its claims once per threshold, so two of them pass between extensions at worst. */
    private static final int EXTENSIONS_PER_CLAIM = 4;

    private final CassandraConnection connection;
    private final Duration claimTimeout;

    /** @param claimTimeout after how long without an extension a claim is lost */
    public WaitingEventProcessingModule(CassandraConnection connection, Duration claimTimeout) {
        this.connection = connection;
        this.claimTimeout = claimTimeout;
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
                        .andThen((configuration, builder) -> new WaitingBuilder(builder)));
    }

    /** Stands first, so that an application may say otherwise. */
    private PooledStreamingProcessorConfiguration claimsInTime() {
        return (configuration, builder) ->
                builder.claimExtensionThreshold(claimTimeout.toMillis() / EXTENSIONS_PER_CLAIM);
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
