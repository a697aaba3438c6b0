package io.metachat.axon.cassandra.autoconfigure;

import io.metachat.axon.cassandra.CassandraConnection;
import io.metachat.axon.cassandra.CassandraStorage;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * The health indicators {@code axonCassandra}, of the stores, and {@code cassandra}, of the connection, which replaces
 * Spring Boot's own: that one logs a failure with its stack trace at each check while Cassandra is absent.
 * {@code management.health.<name>.enabled=false} takes each away.
 */
@AutoConfiguration(
        after = AxonCassandraAutoConfiguration.class,
        beforeName = {
            "org.springframework.boot.cassandra.autoconfigure.health.CassandraHealthContributorAutoConfiguration",
            "org.springframework.boot.cassandra.autoconfigure.health.CassandraReactiveHealthContributorAutoConfiguration"
        })
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
public class AxonCassandraHealthAutoConfiguration {

    @Bean
    @ConditionalOnBean(CassandraStorage.class)
    @ConditionalOnEnabledHealthIndicator("axonCassandra")
    @ConditionalOnMissingBean(name = "axonCassandraHealthIndicator")
    AxonCassandraHealthIndicator axonCassandraHealthIndicator(CassandraStorage storage) {
        return new AxonCassandraHealthIndicator(storage);
    }

    @Bean
    @ConditionalOnBean(CassandraConnection.class)
    @ConditionalOnEnabledHealthIndicator("cassandra")
    @ConditionalOnMissingBean(name = {"cassandraHealthIndicator", "cassandraHealthContributor"})
    CassandraConnectionHealthIndicator cassandraHealthIndicator(CassandraConnection connection) {
        return new CassandraConnectionHealthIndicator(connection);
    }
}
