package io.metachat.service.correlation;

import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Correlates the messages that Axon handles and publishes. Replaces Axon's own provider, because EventStoreDB does
 * not know its keys. */
@AutoConfiguration(
        beforeName = {
            "org.axonframework.springboot.autoconfig.AxonAutoConfiguration",
            "org.axonframework.springboot.autoconfig.InterceptorAutoConfiguration"
        })
@ConditionalOnClass(CorrelationDataProvider.class)
public class AxonCorrelationAutoConfiguration {

    @Bean
    MessageCorrelation messageCorrelation(@Value("${spring.application.name}") String service) {
        return new MessageCorrelation(service);
    }
}
