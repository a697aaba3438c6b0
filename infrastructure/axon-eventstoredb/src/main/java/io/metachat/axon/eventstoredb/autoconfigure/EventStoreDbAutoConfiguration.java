package io.metachat.axon.eventstoredb.autoconfigure;

import io.metachat.axon.eventstoredb.Backoff;
import io.metachat.axon.eventstoredb.EventStoreDbObserver;
import io.metachat.axon.eventstoredb.EventTypeRegistry;
import io.metachat.axon.eventstoredb.RetryPolicy;
import io.metachat.axon.eventstoredb.StreamNames;
import io.metachat.axon.eventstoredb.SubscriptionSettings;
import io.metachat.axon.eventstoredb.engine.EventStoreDbConnection;
import io.metachat.axon.eventstoredb.engine.EventStoreDbEventStorageEngine;
import io.metachat.axon.eventstoredb.engine.EventStoreDbEventStore;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.axonframework.springboot.autoconfig.JdbcAutoConfiguration;
import org.axonframework.springboot.autoconfig.JpaEventStoreAutoConfiguration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Configures an event store on EventStoreDB, ahead of Axon's own auto-configurations. The context starts while the store is
 * unavailable. An application without an {@link EventTypeRegistry} bean does not start.
 */
@AutoConfiguration(
        before = {AxonAutoConfiguration.class, JpaEventStoreAutoConfiguration.class, JdbcAutoConfiguration.class},
        beforeName = "org.axonframework.springboot.autoconfig.AxonServerBusAutoConfiguration")
@ConditionalOnBooleanProperty(name = "axon.eventstoredb.enabled", matchIfMissing = true)
@EnableConfigurationProperties(EventStoreDbProperties.class)
public class EventStoreDbAutoConfiguration {

    private static final String DEFAULT_CONTEXT = "default";

    @Bean
    @ConditionalOnMissingBean
    EventStoreDbConnectionDetails eventStoreDbConnectionDetails(EventStoreDbProperties properties) {
        return properties::connectionString;
    }

    @Bean
    @ConditionalOnMissingBean
    EventStoreDbObserver eventStoreDbObserver() {
        return EventStoreDbObserver.NONE;
    }

    @Bean
    @ConditionalOnMissingBean
    EventStoreDbConnection eventStoreDbConnection(
            EventStoreDbConnectionDetails details, EventStoreDbProperties properties, EventStoreDbObserver observer) {
        EventStoreDbProperties.Retry retry = properties.retry();
        EventStoreDbProperties.Reconnect reconnect = properties.reconnect();
        return EventStoreDbConnection.open(
                details.getConnectionString(),
                properties.callTimeout(),
                new RetryPolicy(new Backoff(retry.initialBackoff(), retry.maxBackoff()), retry.maxElapsed()),
                new Backoff(reconnect.initialBackoff(), reconnect.maxBackoff()),
                observer);
    }

    @Bean
    @ConditionalOnMissingBean
    StreamNames eventStoreDbStreamNames(EventStoreDbProperties properties, Environment environment) {
        String context = properties.context();
        return new StreamNames(
                properties.streamPrefix(),
                context != null ? context : environment.getProperty("spring.application.name", DEFAULT_CONTEXT));
    }

    @Bean
    @ConditionalOnMissingBean(EventStorageEngine.class)
    EventStoreDbEventStorageEngine eventStorageEngine(
            EventStoreDbConnection connection,
            EventTypeRegistry eventTypes,
            StreamNames streamNames,
            Serializer defaultSerializer,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            Configuration configuration,
            EventStoreDbProperties properties) {
        return EventStoreDbEventStorageEngine.builder()
                .connection(connection)
                .eventTypes(eventTypes)
                .streamNames(streamNames)
                .eventSerializer(eventSerializer)
                .snapshotSerializer(defaultSerializer)
                .upcasterChain(configuration.upcasterChain())
                .snapshotFilter(configuration.snapshotFilter())
                .correlationKeys(
                        properties.metadata().correlationIdKey(),
                        properties.metadata().causationIdKey())
                .pageSize(properties.pageSize())
                .maxAppendBytes(properties.maxAppendSize().toBytes())
                .allowMultipleStreams(properties.allowMultipleStreams())
                .timeMarks(properties.timeMarks())
                .build();
    }

    @Qualifier("eventStore")
    @Bean(name = "eventBus", destroyMethod = "shutDown")
    @ConditionalOnMissingBean(EventBus.class)
    @ConditionalOnBean(EventStoreDbEventStorageEngine.class)
    EventStoreDbEventStore eventStore(
            EventStoreDbEventStorageEngine engine, Configuration configuration, EventStoreDbProperties properties) {
        EventStoreDbProperties.Subscription subscription = properties.subscription();
        return EventStoreDbEventStore.builder()
                .storageEngine(engine)
                .messageMonitor(configuration.messageMonitor(EventStore.class, "eventStore"))
                .spanFactory(configuration.getComponent(EventBusSpanFactory.class))
                .subscriptionSettings(new SubscriptionSettings(
                        subscription.queueSize(),
                        subscription.cacheSize(),
                        subscription.maxSize().toBytes(),
                        subscription.searchWindow(),
                        subscription.watchdogInterval(),
                        subscription.maxSilence()))
                .build();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(EventStoreDbEventStorageEngine.class)
    @ConditionalOnBooleanProperty(name = "axon.eventstoredb.warm-up", matchIfMissing = true)
    EventStoreDbWarmUp eventStoreDbWarmUp(EventStoreDbEventStorageEngine engine) {
        return new EventStoreDbWarmUp(engine::warmUp);
    }
}
