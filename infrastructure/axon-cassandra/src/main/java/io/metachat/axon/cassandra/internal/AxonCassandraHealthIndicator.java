package io.metachat.axon.cassandra.internal;

import io.metachat.axon.cassandra.CassandraStorage;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up when the stores' keyspace answers at the stores' consistency: one read of one row, nothing cached. */
public final class AxonCassandraHealthIndicator extends AbstractHealthIndicator {

    private static final Operation READ_VERSION =
            Operation.repeatable("health", "SELECT value FROM ks.about WHERE name = 'schema-version'");

    private final CassandraStorage storage;
    private final Statements statements;

    public AxonCassandraHealthIndicator(CassandraStorage storage) {
        super("Cassandra did not answer");
        this.storage = storage;
        this.statements = new Statements(storage);
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.withDetail("keyspace", storage.keyspace());
        storage.connection().lastFailure().ifPresent(failure -> builder.withDetail("lastFailure", failure));
        var row = statements.row(READ_VERSION);
        builder.up().withDetail("schemaVersion", row == null ? "none" : String.valueOf(row.getString("value")));
    }
}
