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
 * Axon's event store on EventStoreDB. Subscriptions to {@code $all} push events to tracking consumers.
 *
 * <p>A stream delivers every event except the server's own, snapshots and time marks. It includes events of unknown types,
 * so tokens advance past every position an append can return. A stream opens immediately, even during an outage, and never
 * ends by itself: during an outage it is merely idle. A failure to upcast or to deserialize a known type is thrown to the
 * consumer when it reads that event.
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
     * @throws IllegalArgumentException for a token of another kind of store
     */
    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken trackingToken) {
        return feed.open(Positions.after(trackingToken));
    }

    /**
     * Returns the {@code $all} position of the last event that consumers receive; empty while there is none. A consumer
     * whose token covers it has seen every event.
     *
     * @throws StoreUnavailableException when the store does not answer
     */
    public OptionalLong headPosition() {
        return engine.headPosition();
    }

    /** Returns the number of open streams. */
    public int openStreams() {
        return feed.consumers().size();
    }

    /** Returns how many of the open streams share the live feed; the others catch up. */
    public int tailingStreams() {
        return (int) feed.consumers().stream().filter(ConsumerStream::isTailing).count();
    }

    /**
     * Returns the lag in events of the consumer furthest behind. Exact for consumers on the live feed; for those that catch
     * up, estimated from the distance in the log and the size of the events they have passed.
     */
    public long maxEventsBehind() {
        return feed.consumers().stream()
                .mapToLong(ConsumerStream::eventsBehind)
                .max()
                .orElse(0);
    }

    /**
     * Returns how long the next event of the consumer furthest behind has been in the store, by the server's clock and this
     * one; zero when every consumer waits for events. During an outage, events appended by others are unknown.
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
        // After the event processors, which read until they have stopped.
        lifecycle.onShutdown(Phase.INBOUND_EVENT_CONNECTORS - 10, this::shutDown);
    }

    /** Closes all streams. */
    public void shutDown() {
        feed.close();
    }

    /** Requires the engine; everything else has a default. */
    public static class Builder extends AbstractEventStore.Builder {

        private @Nullable EventStoreDbEventStorageEngine engine;
        private SubscriptionSettings subscriptionSettings = SubscriptionSettings.defaults();

        protected Builder() {}

        /** @throws IllegalArgumentException for an engine other than {@link EventStoreDbEventStorageEngine} */
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
                throw new AxonConfigurationException("The event store needs an engine");
            }
            return engine;
        }
    }
}
