package io.metachat.benchmarks.eventstore;

import java.time.Duration;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** An event store of Axon's, with the server behind it. */
interface MeasuredStore extends AutoCloseable {

    String name();

    EventStore eventStore();

    /** The processor time that the server has used so far; zero where there is none or it is not ours. */
    Duration serverCpu();

    @Override
    void close() throws Exception;
}
