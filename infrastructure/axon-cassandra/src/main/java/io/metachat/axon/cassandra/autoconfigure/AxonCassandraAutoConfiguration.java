package io.metachat.axon.cassandra.autoconfigure;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import io.metachat.axon.cassandra.CassandraConnection;
import io.metachat.axon.cassandra.CassandraStorage;
import io.metachat.axon.cassandra.SessionInitializer;
import io.metachat.axon.cassandra.StatementObserver;
import io.metachat.axon.cassandra.connection.BackgroundCassandraConnection;
import io.metachat.axon.cassandra.connection.LazyCqlSession;
import io.metachat.axon.cassandra.deadletter.CassandraDeadLetterQueues;
import io.metachat.axon.cassandra.deadletter.DeadLetterLimits;
import io.metachat.axon.cassandra.deadletter.DeadLetterObserver;
import io.metachat.axon.cassandra.deadletter.ParkingPolicy;
import io.metachat.axon.cassandra.deadletter.PayloadTypeNames;
import io.metachat.axon.cassandra.deadline.CassandraDeadlineManager;
import io.metachat.axon.cassandra.deadline.DeadlineSettings;
import io.metachat.axon.cassandra.processor.WaitingProcessors;
import io.metachat.axon.cassandra.saga.CassandraSagaStore;
import io.metachat.axon.cassandra.saga.SagaParking;
import io.metachat.axon.cassandra.saga.SagaStartingEvents;
import io.metachat.axon.cassandra.schema.AxonSchema;
import io.metachat.axon.cassandra.token.CassandraTokenStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import org.axonframework.common.AxonConfigurationException;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurationScopeAwareProvider;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.EventProcessingModule;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineManagerSpanFactory;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.deadletter.EnqueuePolicy;
import org.axonframework.modelling.saga.ResourceInjector;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.springboot.EventProcessorProperties;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.axonframework.springboot.autoconfig.EventProcessingAutoConfiguration;
import org.axonframework.springboot.autoconfig.InfraConfiguration;
import org.axonframework.springboot.autoconfig.JdbcAutoConfiguration;
import org.axonframework.springboot.autoconfig.JpaAutoConfiguration;
import org.axonframework.springboot.util.DeadLetterQueueProviderConfigurerModule;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.cassandra.autoconfigure.CassandraAutoConfiguration;
import org.springframework.boot.cassandra.autoconfigure.CassandraConnectionDetails;
import org.springframework.boot.cassandra.autoconfigure.DriverConfigLoaderBuilderCustomizer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * The connection and the stores, each replaceable by a bean of its own.
 *
 * <p>It runs before Spring Boot's Cassandra configuration, whose session connects when it is created, and before Axon's, which
 * would choose relational or in-memory stores.
 */
@AutoConfiguration(
        before = {
            CassandraAutoConfiguration.class,
            AxonAutoConfiguration.class,
            EventProcessingAutoConfiguration.class,
            InfraConfiguration.class,
            JdbcAutoConfiguration.class,
            JpaAutoConfiguration.class
        },
        beforeName = "org.axonframework.extensions.kafka.autoconfig.KafkaAutoConfiguration")
@ConditionalOnProperty(name = "axon.cassandra.enabled", matchIfMissing = true)
@EnableConfigurationProperties({AxonCassandraProperties.class, EventProcessorProperties.class})
public class AxonCassandraAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @Conditional(OnContactPoints.class)
    CassandraConnectionDetails axonCassandraConnectionDetails(
            AxonCassandraProperties properties, Environment environment) {
        return ConfiguredConnectionDetails.of(properties, environment);
    }

    /** The first of all customizers, so that an application's own customizer overrides it. */
    @Bean
    @Order(0)
    DriverConfigLoaderBuilderCustomizer axonCassandraDriverDefaults(AxonCassandraProperties properties) {
        return loader -> loader
                // The stores do not need it, and with it each schema change takes a second.
                .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                // With protocol 5 the server adds a number of contentions to the timeout of a lightweight transaction.
                // Driver 4.19 does not read it, takes it for the next frame, and closes the whole connection.
                .withString(DefaultDriverOption.PROTOCOL_VERSION, "V4")
                // The connection itself logs why it cannot connect, and each reason once.
                .withBoolean(DefaultDriverOption.CONNECTION_WARN_INIT_ERROR, false)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, properties.requestTimeout())
                .withDuration(
                        DefaultDriverOption.RECONNECTION_BASE_DELAY,
                        properties.connect().minimumBackOff())
                .withDuration(
                        DefaultDriverOption.RECONNECTION_MAX_DELAY,
                        properties.connect().maximumBackOff());
    }

    @Bean
    @Order(0)
    SessionInitializer axonCassandraSchema(AxonCassandraProperties properties) {
        return new AxonSchema(
                properties.keyspace(),
                properties.replication(),
                properties.schema(),
                properties.consistency(),
                properties.serialConsistency());
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(CassandraConnection.class)
    BackgroundCassandraConnection cassandraConnection(
            AxonCassandraProperties properties,
            ObjectProvider<CqlSessionBuilder> builders,
            ObjectProvider<SessionInitializer> initializers) {
        // On this thread: it creates the beans that the builder needs, and reports wrong settings at start-up.
        builders.getObject();
        return new BackgroundCassandraConnection(
                        builders::getObject,
                        initializers.orderedStream().toList(),
                        properties.connect().minimumBackOff(),
                        properties.connect().maximumBackOff())
                .start()
                .awaitFirstAttempt(properties.connect().initialWait());
    }

    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    CqlSession cassandraSession(CassandraConnection connection) {
        return LazyCqlSession.of(connection);
    }

    @Bean
    @ConditionalOnMissingBean
    CassandraStorage axonCassandraStorage(
            AxonCassandraProperties properties,
            CassandraConnection connection,
            ObjectProvider<StatementObserver> observer) {
        return new CassandraStorage(
                connection,
                properties.keyspace(),
                properties.consistency(),
                properties.serialConsistency(),
                observer.getIfAvailable(() -> StatementObserver.NONE));
    }

    @Bean
    @ConditionalOnMissingBean(TokenStore.class)
    CassandraTokenStore tokenStore(
            AxonCassandraProperties properties, CassandraStorage storage, Serializer serializer) {
        return new CassandraTokenStore(storage, serializer, properties.token().claimTimeout(), properties.node());
    }

    @Bean
    @ConditionalOnMissingBean(SagaStore.class)
    CassandraSagaStore sagaStore(AxonCassandraProperties properties, CassandraStorage storage, Serializer serializer) {
        return new CassandraSagaStore(storage, serializer, properties.saga().startMemory());
    }

    /** Wraps the injector, Spring's or the application's own. */
    @Bean
    static BeanPostProcessor axonCassandraSagaStartingEvents() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String beanName) {
                return bean instanceof ResourceInjector injector && !(bean instanceof SagaStartingEvents)
                        ? new SagaStartingEvents(injector)
                        : bean;
            }
        };
    }

    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean(DeadlineManager.class)
    @ConditionalOnProperty(name = "axon.cassandra.deadline.enabled", matchIfMissing = true)
    CassandraDeadlineManager deadlineManager(
            AxonCassandraProperties properties,
            Environment environment,
            CassandraStorage storage,
            Serializer serializer,
            org.axonframework.config.Configuration configuration,
            TransactionManager transactions,
            DeadlineManagerSpanFactory spans) {
        AxonCassandraProperties.Deadline settings = properties.deadline();
        String group = settings.group() == null || settings.group().isBlank()
                ? environment.getProperty("spring.application.name", "application")
                : settings.group();
        return new CassandraDeadlineManager(
                storage,
                serializer,
                new ConfigurationScopeAwareProvider(configuration),
                transactions,
                spans,
                new DeadlineSettings(
                        group,
                        properties.node(),
                        settings.lease(),
                        settings.sweep(),
                        settings.recovery(),
                        settings.memory(),
                        settings.threads()),
                Clock.systemUTC());
    }

    @Bean
    @ConditionalOnMissingBean
    CassandraDeadLetterQueues cassandraDeadLetterQueues(
            AxonCassandraProperties properties,
            CassandraStorage storage,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            Serializer serializer,
            ObjectProvider<PayloadTypeNames> names,
            ObjectProvider<DeadLetterObserver> observer) {
        AxonCassandraProperties.DeadLetter settings = properties.deadLetter();
        return new CassandraDeadLetterQueues(
                storage,
                eventSerializer,
                names.getIfAvailable(() -> PayloadTypeNames.OF_SERIALIZER),
                serializer,
                new DeadLetterLimits(settings.maximumSequences(), settings.maximumSequenceSize(), settings.claim()),
                properties.node(),
                observer.getIfAvailable(() -> DeadLetterObserver.NONE));
    }

    @Bean
    @ConditionalOnMissingBean
    DeadLetterQueueProviderConfigurerModule deadLetterQueueProviderConfigurerModule(
            EventProcessorProperties processors, CassandraDeadLetterQueues queues) {
        return new DeadLetterQueueProviderConfigurerModule(processors, group -> configuration -> queues.of(group));
    }

    @Bean
    @ConditionalOnMissingBean
    SagaParking sagaParking(CassandraDeadLetterQueues queues, EnqueuePolicy<EventMessage<?>> policy) {
        return new SagaParking(queues, policy);
    }

    @Bean
    @ConditionalOnMissingBean(EnqueuePolicy.class)
    ParkingPolicy axonCassandraParkingPolicy() {
        return new ParkingPolicy();
    }

    @Bean
    @ConditionalOnBean(ParkingPolicy.class)
    ConfigurerModule axonCassandraDefaultDeadLetterPolicy(ParkingPolicy policy) {
        return configurer -> configurer.eventProcessing().registerDefaultDeadLetterPolicy(configuration -> policy);
    }

    @Bean
    @ConditionalOnMissingBean
    WaitingProcessors waitingProcessors(CassandraConnection connection) {
        return new WaitingProcessors(connection);
    }

    /** Resolves the parking bean when a saga's manager is created, so that it is created only where a saga parks. */
    @Bean
    @ConditionalOnMissingBean({EventProcessingModule.class, EventProcessingConfiguration.class})
    CassandraEventProcessingModule eventProcessingModule(
            WaitingProcessors waiting,
            AxonCassandraProperties properties,
            EventProcessorProperties processors,
            ObjectProvider<SagaParking> parking) {
        return new CassandraEventProcessingModule(
                waiting,
                properties.token().claimTimeout(),
                properties.processorsWait(),
                group -> properties.saga().parking() || parksDeadLetters(processors, group)
                        ? Optional.of(parking.getObject())
                        : Optional.empty());
    }

    /** Fails where an application's own module would silently park nothing. */
    @Bean
    ConfigurerModule axonCassandraSagasPark(AxonCassandraProperties properties) {
        return configurer -> {
            if (properties.saga().parking()
                    && !(configurer.eventProcessing() instanceof CassandraEventProcessingModule)) {
                throw new AxonConfigurationException(
                        "axon.cassandra.saga.parking has no effect on an EventProcessingModule"
                                + " of the application's own: configure each saga's manager by SagaParking.managerOf instead");
            }
        };
    }

    private static boolean parksDeadLetters(EventProcessorProperties processors, String group) {
        EventProcessorProperties.ProcessorSettings settings =
                processors.getProcessors().get(group);
        return settings != null && settings.getDlq().isEnabled();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Metrics {

        @Bean
        @ConditionalOnMissingBean(StatementObserver.class)
        MicrometerStatementObserver axonCassandraStatementObserver(ObjectProvider<MeterRegistry> registries) {
            return new MicrometerStatementObserver(registries::getIfAvailable);
        }

        @Bean
        @ConditionalOnMissingBean(DeadLetterObserver.class)
        MicrometerDeadLetterObserver axonCassandraDeadLetterObserver(ObjectProvider<MeterRegistry> registries) {
            return new MicrometerDeadLetterObserver(registries::getIfAvailable);
        }
    }
}
