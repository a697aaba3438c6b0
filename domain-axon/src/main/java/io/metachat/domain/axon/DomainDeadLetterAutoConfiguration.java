package io.metachat.domain.axon;

import io.metachat.axon.cassandra.deadletter.PayloadTypeNames;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Gives the dead-letter queues of a service the logical names of the domain's events. */
@AutoConfiguration(beforeName = "io.metachat.axon.cassandra.autoconfigure.AxonCassandraAutoConfiguration")
@ConditionalOnClass(PayloadTypeNames.class)
public class DomainDeadLetterAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PayloadTypeNames domainDeadLetterTypes() {
        return new DomainDeadLetterTypes();
    }
}
