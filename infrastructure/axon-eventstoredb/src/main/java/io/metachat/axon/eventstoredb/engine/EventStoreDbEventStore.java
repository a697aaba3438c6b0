package io.metachat.axon.eventstoredb.engine;

import io.metachat.axon.eventstoredb.StoreUnavailableException;
import io.metachat.axon.eventstoredb.SubscriptionSettings;
import io.metachat.axon.eventstoredb.internal.codec.Positions;
import io.metachat.axon.eventstoredb.internal.subscription.ConsumerStream;
import io.metachat.axon.eventstoredb.internal.subscription.EventFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.axonframework.common.AxonConfigurationException;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.lifecycle.Lifecycle;
import org.axonframework.lifecycle.Phase;
import org.axonframework.monitoring.MessageMonitor;
import org.jspecify.annotations.Nullable;

/**
 * Axon's event store on EventStoreDB: tracking consumers are pushed to by subscriptions to {@code $all}.
 *
 * <p>A stream gives every event that is not the server's own or a snapshot, also those of unknown types, so that a
 * consumer's token passes every position an append can be told. Streams open at once, also while the store is away, and
 * never end by themselves: an outage is a time without events. Failures to upcast or to read a known type are thrown to
 * the consumer, at the event concerned.
 */
public class EventStoreDbEventStore extends AbstractEventStore implements Lifecycle {

    private final EventStoreDbEventStorageEngine engine;
    private final EventFeed feed;

    protected EventStoreDbEventStore(Builder builder) {
        super(builder);
        this.engine = builder.requiredEngine();
        this.feed = new EventFeed(
                engine.calls(), engine.names(), engine.all(), engine.messages(), builder.subscriptionSettings);
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens a stream of the events after the token.
     *
     * @param trackingToken a token of this store, or {@code null} for all events
     * @throws IllegalArgumentException for the token of another kind of store
     */
    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken trackingToken) {
        return feed.open(Positions.after(trackingToken));
    }

    /**
     * The {@code $all} position of the last event that consumers get; empty while there is none. A consumer whose token
     * covers it has seen everything.
     *
     * @throws StoreUnavailableException when the store does not answer
     */
    public OptionalLong headPosition() {
        return engine.headPosition();
    }

    /** How many streams are open. */
    public int openStreams() {
        return feed.consumers().size();
    }

    /** How many of the open streams share the live feed; the others are catching up. */
    public int tailingStreams() {
        return (int) feed.consumers().stream().filter(ConsumerStream::isTailing).count();
    }

    /**
     * How many events the consumer furthest behind has before it. Exact for those that share the live feed; for those
     * that are catching up, estimated from the distance in the log and the size of the events they have passed.
     */
    public long maxEventsBehind() {
        return feed.consumers().stream()
                .mapToLong(ConsumerStream::eventsBehind)
                .max()
                .orElse(0);
    }

    /**
     * How long the next event of the consumer furthest behind has been in the store, by the server's clock and this
     * one; zero when all wait for events. While the store is away nothing is known of what others append meanwhile.
     */
    public Duration maxLag() {
        Instant now = Instant.now();
        return feed.consumers().stream()
                .map(consumer -> consumer.lag(now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    @Override
    public void registerLifecycleHandlers(LifecycleRegistry lifecycle) {
        // After the event processors, which still read while they stop.
        lifecycle.onShutdown(Phase.INBOUND_EVENT_CONNECTORS - 10, this::shutDown);
    }

    /** Closes all streams. */
    public void shutDown() {
        feed.close();
    }

    /** Needs the engine; everything else has a default. */
    public static class Builder extends AbstractEventStore.Builder {

        private @Nullable EventStoreDbEventStorageEngine engine;
        private SubscriptionSettings subscriptionSettings = SubscriptionSettings.defaults();

        protected Builder() {}

        /** @throws IllegalArgumentException for any other engine than {@link EventStoreDbEventStorageEngine} */
        @Override
        public Builder storageEngine(EventStorageEngine storageEngine) {
            if (!(storageEngine instanceof EventStoreDbEventStorageEngine eventStoreDb)) {
                throw new IllegalArgumentException("This event store needs an EventStoreDbEventStorageEngine");
            }
            super.storageEngine(storageEngine);
            this.engine = eventStoreDb;
            return this;
        }

        @Override
        public Builder messageMonitor(MessageMonitor<? super EventMessage<?>> messageMonitor) {
            super.messageMonitor(messageMonitor);
            return this;
        }

        @Override
        public Builder spanFactory(EventBusSpanFactory spanFactory) {
            super.spanFactory(spanFactory);
            return this;
        }

        public Builder subscriptionSettings(SubscriptionSettings subscriptionSettings) {
            this.subscriptionSettings = subscriptionSettings;
            return this;
        }

        public EventStoreDbEventStore build() {
            return new EventStoreDbEventStore(this);
        }

        private EventStoreDbEventStorageEngine requiredEngine() {
            if (engine == null) {
                throw new AxonConfigurationException("The event store needs its engine");
            }
            return engine;
        }
    }
}
