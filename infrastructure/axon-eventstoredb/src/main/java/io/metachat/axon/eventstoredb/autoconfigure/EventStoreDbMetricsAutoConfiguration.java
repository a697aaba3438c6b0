package io.metachat.axon.eventstoredb.autoconfigure;

import io.metachat.axon.eventstoredb.EventStoreDbObserver;
import io.metachat.axon.eventstoredb.engine.EventStoreDbEventStore;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Contributes the store's metrics in applications that have a meter registry. */
@AutoConfiguration(
        before = EventStoreDbAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "axon.eventstoredb.enabled", matchIfMissing = true)
public class EventStoreDbMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    EventStoreDbObserver eventStoreDbObserver(MeterRegistry registry) {
        return new MicrometerObserver(registry);
    }

    @Bean
    EventStoreDbGauges eventStoreDbGauges(ObjectProvider<EventStoreDbEventStore> eventStore) {
        return new EventStoreDbGauges(eventStore);
    }
}
