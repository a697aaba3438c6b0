package io.metachat.axon.cassandra.schema;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.util.UUID;

/**
 * Copies {@code life} to {@code incarnation} for each sequence of dead letters that a version before 3 has parked.
 *
 * <p>It reads the sequences from {@code dead_letter_sequence}, which has a row from before a sequence's first letter until after
 * its last one. Each copy is a lightweight transaction that does nothing where the sequence has changed meanwhile or has an
 * incarnation already, so the copy can be repeated, also by several applications at the same time.
 */
record IncarnationCopy(String keyspace, ConsistencyLevel consistency, ConsistencyLevel serialConsistency) {

    private static final String SEQUENCE = " WHERE processing_group = ? AND sequence_id = ?";

    /** Copies what is to be copied; returns immediately for a keyspace that was created in version 3 or later. */
    void run(CqlSession session) {
        if (!SchemaChange.hasColumn(session, keyspace, "dead_letter", "life")) {
            return;
        }
        ResultSet sequences = session.execute(
                statement("SELECT processing_group, sequence_id FROM %s.dead_letter_sequence", consistency));
        for (Row row : sequences) {
            copy(session, row.getString("processing_group"), row.getString("sequence_id"));
        }
    }

    private void copy(CqlSession session, String group, String sequence) {
        // At the serial level, so that a lightweight transaction that was interrupted is completed first.
        Row state = session.execute(statement(
                        "SELECT life, incarnation FROM %s.dead_letter" + SEQUENCE + " LIMIT 1",
                        serialConsistency,
                        group,
                        sequence))
                .one();
        UUID life = state == null ? null : state.getUuid("life");
        if (life != null && state.isNull("incarnation")) {
            session.execute(statement(
                    "UPDATE %s.dead_letter SET incarnation = ?" + SEQUENCE + " IF life = ? AND incarnation = null",
                    consistency,
                    life,
                    group,
                    sequence,
                    life));
        }
    }

    private SimpleStatement statement(String cql, ConsistencyLevel level, Object... values) {
        return SimpleStatement.newInstance(cql.formatted(keyspace), values)
                .setConsistencyLevel(level)
                .setSerialConsistencyLevel(serialConsistency);
    }
}
