package io.metachat.domain.axon;

import io.metachat.axon.eventstoredb.EventType;
import io.metachat.axon.eventstoredb.EventTypeRegistry;
import io.metachat.domain.request.RequestAnswered;
import io.metachat.kafka.relay.EventTypeNames;
import io.metachat.kafka.relay.autoconfigure.KafkaRelayAutoConfiguration;
import java.util.Optional;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Gives services that have relay routes the names of the domain's events for Kafka: the stored ones. An answered request
 * that changed nothing is no news for others, and has none.
 */
@AutoConfiguration(before = KafkaRelayAutoConfiguration.class)
@ConditionalOnClass(EventTypeNames.class)
@ConditionalOnProperty("kafka.relay.routes[0].topic")
public class DomainRelayAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    EventTypeNames domainEventTypeNames(EventTypeRegistry types) {
        return payload -> payload == RequestAnswered.class
                ? Optional.empty()
                : types.typeOf(payload).map(EventType::stored);
    }
}
