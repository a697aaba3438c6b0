package io.metachat.axon.cassandra.autoconfigure;

import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.axon.cassandra.CassandraStorage;
import io.metachat.axon.cassandra.CassandraUnavailableException;
import io.metachat.axon.cassandra.connection.Operation;
import io.metachat.axon.cassandra.connection.Statements;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up when the stores' keyspace answers at the stores' consistency: one read of one row, nothing cached. */
final class AxonCassandraHealthIndicator extends AbstractHealthIndicator {

    private static final Operation READ_VERSION =
            Operation.repeatable("health", "SELECT value FROM ks.about WHERE name = 'schema-version'");

    private final CassandraStorage storage;
    private final Statements statements;

    public AxonCassandraHealthIndicator(CassandraStorage storage) {
        this.storage = storage;
        this.statements = new Statements(storage);
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.withDetail("keyspace", storage.keyspace());
        try {
            Row row = statements.row(READ_VERSION);
            builder.up().withDetail("schemaVersion", row == null ? "none" : String.valueOf(row.getString("value")));
        } catch (CassandraUnavailableException e) {
            // Caught, because the framework would log it with its stack trace at each check.
            builder.down().withDetail("reason", String.valueOf(e.getMessage()));
        }
    }
}
