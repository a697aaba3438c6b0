package io.metachat.kafka.relay.autoconfigure;

import io.metachat.kafka.relay.CloudEventSubscription;
import io.metachat.kafka.relay.EventRepublisher;
import io.metachat.kafka.relay.EventTypeNames;
import io.metachat.kafka.relay.KafkaRelayProperties;
import io.metachat.kafka.relay.ReceivedEventInterceptor;
import io.metachat.kafka.relay.RelayedContent;
import io.metachat.kafka.relay.internal.BrokerConnection;
import io.metachat.kafka.relay.internal.Relay;
import io.metachat.kafka.relay.internal.SubscriptionRunner;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Configures the relay when there are routes, and a consumer for each subscription. */
@AutoConfiguration(beforeName = "org.axonframework.springboot.autoconfig.AxonAutoConfiguration")
@EnableConfigurationProperties(KafkaRelayProperties.class)
public class KafkaRelayAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    BrokerConnection kafkaBroker(KafkaRelayProperties properties) {
        return new BrokerConnection(properties);
    }

    @Bean
    @ConditionalOnBean(EventTypeNames.class)
    ConfigurerModule kafkaRelay(
            KafkaRelayProperties properties,
            EventTypeNames names,
            ObjectProvider<RelayedContent> content,
            ObjectProvider<MeterRegistry> meters,
            BrokerConnection broker,
            @Value("${spring.application.name:application}") String application) {
        if (properties.routes().isEmpty()) {
            return configurer -> {};
        }
        RelayedContent published = content.getIfAvailable(() -> event -> Optional.of(event.getPayload()));
        URI source = properties.source() == null ? URI.create("/" + application) : properties.source();
        MeterRegistry registry = meters.getIfAvailable(SimpleMeterRegistry::new);
        return configurer -> {
            configurer.registerComponent(
                    Relay.class,
                    configuration -> new Relay(
                            properties.routes(),
                            names,
                            published,
                            configuration.eventSerializer(),
                            source,
                            broker,
                            registry));
            configurer.eventProcessing(processing -> configure(processing, properties.processor()));
        };
    }

    /** Looks the relay up on first use, because Axon creates it after all beans. */
    @Bean
    @ConditionalOnBean(EventTypeNames.class)
    EventRepublisher eventRepublisher(ObjectProvider<Configuration> axon) {
        return events -> axon.getObject().getComponent(Relay.class).republish(events);
    }

    private static void configure(EventProcessingConfigurer processing, KafkaRelayProperties.Processor processor) {
        String name = processor.name();
        processing
                .registerEventHandler(configuration -> configuration.getComponent(Relay.class))
                .assignHandlerTypesMatching(name, Relay.class::equals)
                .registerPooledStreamingEventProcessor(
                        name,
                        Configuration::eventStore,
                        (configuration, builder) -> builder.initialSegmentCount(processor.segments())
                                .batchSize(processor.batchSize())
                                // From the first event, and not as a replay.
                                .initialToken(StreamableMessageSource::createTailToken)
                                // A batch waits during an outage of the broker; its segment must stay claimed.
                                .enableCoordinatorClaimExtension())
                .registerHandlerInterceptor(
                        name,
                        configuration -> configuration.getComponent(Relay.class).acknowledgements())
                .registerListenerInvocationErrorHandler(name, configuration -> PropagatingErrorHandler.instance())
                .registerErrorHandler(name, configuration -> PropagatingErrorHandler.instance());
    }

    @Bean
    @ConditionalOnBean(CloudEventSubscription.class)
    SubscriptionRunner cloudEventSubscriptions(
            List<CloudEventSubscription> subscriptions,
            ObjectProvider<ReceivedEventInterceptor> interceptors,
            KafkaRelayProperties properties,
            BrokerConnection broker,
            ObjectProvider<MeterRegistry> meters) {
        return new SubscriptionRunner(
                subscriptions,
                interceptors.orderedStream().toList(),
                properties,
                broker,
                meters.getIfAvailable(SimpleMeterRegistry::new));
    }
}
