package io.metachat.axon.eventstoredb.autoconfigure;

import io.metachat.axon.eventstoredb.engine.EventStoreDbEventStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;

/** Gauges of consumer lag. Bound when all beans exist, so neither the meters nor the store depend on each other. */
final class EventStoreDbGauges implements MeterBinder {

    private static final String PREFIX = "axon.eventstoredb.subscription.";

    private final ObjectProvider<EventStoreDbEventStore> eventStore;

    EventStoreDbGauges(ObjectProvider<EventStoreDbEventStore> eventStore) {
        this.eventStore = eventStore;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        eventStore.ifAvailable(store -> {
            Gauge.builder(PREFIX + "streams", store, EventStoreDbEventStore::openStreams)
                    .description("Open tracking streams")
                    .register(registry);
            Gauge.builder(PREFIX + "tailing", store, EventStoreDbEventStore::tailingStreams)
                    .description("Open tracking streams that share the live feed")
                    .register(registry);
            Gauge.builder(PREFIX + "lag.events", store, EventStoreDbEventStore::maxEventsBehind)
                    .description("Lag in events of the consumer furthest behind; estimated while it catches up")
                    .register(registry);
            TimeGauge.builder(
                            PREFIX + "lag",
                            store,
                            TimeUnit.MILLISECONDS,
                            s -> s.maxLag().toMillis())
                    .description("How long the next event of the consumer furthest behind has been in the store")
                    .register(registry);
        });
    }
}
