package io.metachat.axon.cassandra.autoconfigure;

import io.metachat.axon.cassandra.CassandraConnection;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while there is a session and a node of the cluster is up; it sends no request and logs nothing. */
final class CassandraConnectionHealthIndicator implements HealthIndicator {

    private final CassandraConnection connection;

    public CassandraConnectionHealthIndicator(CassandraConnection connection) {
        this.connection = connection;
    }

    @Override
    public Health health() {
        return connection.isConnected()
                ? Health.up().build()
                : Health.down()
                        .withDetail("reason", connection.lastFailure().orElse("No node of Cassandra is up"))
                        .build();
    }
}
