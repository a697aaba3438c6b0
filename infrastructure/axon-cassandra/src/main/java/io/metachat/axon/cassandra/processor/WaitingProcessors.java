package io.metachat.axon.cassandra.processor;

import io.metachat.axon.cassandra.CassandraConnection;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;

/**
 * Builds pooled streaming processors that start while their stores are absent. Axon's own processors fail to start then, and
 * end the application.
 *
 * <p>{@code start()} of such a processor returns immediately. A thread of its own starts the processor as soon as the token
 * store and the event store answer: it retries with back-off, and when Cassandra is connected. It logs each new reason once.
 *
 * <p>After an outage, the processor resumes when Cassandra is connected again. Axon alone would wait for the end of a
 * back-off of up to a minute. Stopping the processor ends all of this.
 */
public final class WaitingProcessors {

    private final CassandraConnection connection;

    /**
     * Creates a factory.
     *
     * @param connection ends the processors' waits whenever it is connected
     */
    public WaitingProcessors(CassandraConnection connection) {
        this.connection = connection;
    }

    /**
     * Builds a processor. It runs when it is started.
     *
     * @param builder the complete configuration of the processor
     * @throws org.axonframework.common.AxonConfigurationException when the configuration is incomplete
     */
    public PooledStreamingEventProcessor create(PooledStreamingEventProcessor.Builder builder) {
        return new WaitingPooledStreamingEventProcessor(builder, connection);
    }
}
