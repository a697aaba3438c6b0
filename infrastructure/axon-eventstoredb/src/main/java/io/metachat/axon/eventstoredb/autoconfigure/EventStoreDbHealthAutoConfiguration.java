package io.metachat.axon.eventstoredb.autoconfigure;

import io.metachat.axon.eventstoredb.engine.EventStoreDbConnection;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Contributes the store's health in applications that report health. */
@AutoConfiguration(
        after = EventStoreDbAutoConfiguration.class,
        beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("eventStoreDb")
public class EventStoreDbHealthAutoConfiguration {

    @Bean
    @ConditionalOnBean(EventStoreDbConnection.class)
    @ConditionalOnMissingBean(name = "eventStoreDbHealthIndicator")
    EventStoreDbHealthIndicator eventStoreDbHealthIndicator(
            EventStoreDbConnection connection, ObjectProvider<EventStoreDbWarmUp> warmUp) {
        return new EventStoreDbHealthIndicator(
                connection::ping, () -> warmUp.stream().allMatch(EventStoreDbWarmUp::isWarm));
    }
}
