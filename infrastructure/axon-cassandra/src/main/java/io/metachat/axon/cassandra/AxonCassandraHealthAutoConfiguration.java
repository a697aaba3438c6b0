package io.metachat.axon.cassandra;

import io.metachat.axon.cassandra.internal.AxonCassandraHealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health indicator {@code axonCassandra}; {@code management.health.axonCassandra.enabled=false} takes it away. */
@AutoConfiguration(after = AxonCassandraAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(CassandraStorage.class)
@ConditionalOnEnabledHealthIndicator("axonCassandra")
public class AxonCassandraHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "axonCassandraHealthIndicator")
    AxonCassandraHealthIndicator axonCassandraHealthIndicator(CassandraStorage storage) {
        return new AxonCassandraHealthIndicator(storage);
    }
}
