package io.metachat.service.health;

import io.metachat.kafka.relay.KafkaBroker;
import io.metachat.kafka.relay.ReceivedEventInterceptor;
import io.metachat.service.correlation.Correlation;
import io.metachat.service.logging.ServiceName;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Kafka in {@code /ready}, and the correlation of received events. */
@AutoConfiguration(
        afterName = "io.metachat.kafka.relay.autoconfigure.KafkaRelayAutoConfiguration",
        before = HealthAutoConfiguration.class)
@ConditionalOnClass(KafkaBroker.class)
@ConditionalOnBean(KafkaBroker.class)
public class KafkaAutoConfiguration {

    @Bean
    Probe kafkaProbe(KafkaBroker broker) {
        return Probe.of("kafka", broker::check);
    }

    /** The handling of an event belongs to the event's request. */
    @Bean
    @ConditionalOnMissingBean
    ReceivedEventInterceptor receivedEventCorrelation(@Value("${spring.application.name}") String service) {
        return (event, handling) -> {
            Correlation correlation = Correlation.accept(
                            event.extensions().get("correlationid"),
                            event.extensions().get("traceparent"))
                    .causedBy(event.id());
            try (ServiceName.Scope name = ServiceName.open(service);
                    Correlation.Scope scope = correlation.open()) {
                handling.proceed();
            }
        };
    }
}
