package io.metachat.benchmarks.eventstore;

import java.time.Duration;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** An Axon event store and its server. */
interface MeasuredStore extends AutoCloseable {

    String name();

    EventStore eventStore();

    /** Returns the server's processor time so far; zero without a server of our own. */
    Duration serverCpu();

    @Override
    void close() throws Exception;
}
