package io.metachat.axon.cassandra.saga;

import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.axon.cassandra.connection.Operation;
import io.metachat.axon.cassandra.connection.Statements;
import java.time.Duration;
import java.util.Optional;

/** The table of sagas' starts: which saga an event has started, so that it starts no other. */
final class SagaStarts {

    /** How long another node waits for a node that has begun to start a saga and then died. */
    private static final int PENDING_SECONDS = 60;

    private static final Operation BEGIN = Operation.conditional(
            "saga.start",
            "INSERT INTO ks.saga_start (saga_type, event_id, saga_id) VALUES (?, ?, ?) IF NOT EXISTS USING TTL "
                    + PENDING_SECONDS);
    private static final Operation END = Operation.conditional(
            "saga.start",
            "UPDATE ks.saga_start USING TTL ? SET saga_id = ?, started = true"
                    + " WHERE saga_type = ? AND event_id = ? IF saga_id = ?");
    // An update, not an insertion: of that the row itself would stay for ever, when its columns are gone.
    private static final Operation PARK = Operation.conditional(
            "saga.start",
            "UPDATE ks.saga_start SET saga_id = ? WHERE saga_type = ? AND event_id = ? IF saga_id IN (null, ?)");
    private static final Operation FIND = Operation.repeatable(
            "saga.start", "SELECT saga_id, started FROM ks.saga_start WHERE saga_type = ? AND event_id = ?");

    private final Statements statements;
    private final int memorySeconds;

    /**
     * Creates the table's reader and writer.
     *
     * @param memory for how long an event that has started a saga cannot start another of its type
     */
    public SagaStarts(Statements statements, Duration memory) {
        this.statements = statements;
        this.memorySeconds = Math.toIntExact(memory.toSeconds());
    }

    /** Begins a start; false when the event has begun one already. */
    public boolean begin(String type, String event, String saga) {
        return statements.conditional(BEGIN, type, event, saga).applied();
    }

    /** Ends a start that was begun for this saga; false when it was not, or so long ago that it does not count. */
    public boolean end(String type, String event, String saga) {
        return statements
                .conditional(END, memorySeconds, saga, type, event, saga)
                .applied();
    }

    /** Keeps a start until it is ended: the event is parked. One that another saga has begun stays as it is. */
    public void park(String type, String event, String saga) {
        statements.conditional(PARK, saga, type, event, saga);
    }

    /** Returns the start of a saga by an event. */
    public Optional<SagaStart> find(String type, String event) {
        Row row = statements.row(FIND, type, event);
        if (row == null) {
            return Optional.empty();
        }
        String saga = row.getString("saga_id");
        return saga == null ? Optional.empty() : Optional.of(new SagaStart(saga, row.getBoolean("started")));
    }
}
