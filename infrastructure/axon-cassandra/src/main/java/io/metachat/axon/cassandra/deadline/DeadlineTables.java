package io.metachat.axon.cassandra.deadline;

import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.axon.cassandra.CassandraStorage;
import io.metachat.axon.cassandra.connection.Conditional;
import io.metachat.axon.cassandra.connection.Operation;
import io.metachat.axon.cassandra.connection.Serialization.Serialized;
import io.metachat.axon.cassandra.connection.Statements;
import io.metachat.axon.cassandra.connection.Statements.Bound;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

/** The tables of deadlines of one group. */
final class DeadlineTables {

    private static final int PAGE = 500;
    private static final List<Integer> ALL_SHARDS =
            IntStream.range(0, DueDeadline.SHARDS).boxed().toList();

    private static final Operation ADD = Operation.repeatable(
            "deadline.schedule",
            "UPDATE ks.deadline USING TIMESTAMP 1 SET name = ?, generation = ?, scope = ?, scope_type = ?, due = ?,"
                    + " payload = ?, payload_type = ?, payload_revision = ?, metadata = ?, metadata_type = ?"
                    + " WHERE deadline_id = ?");
    private static final Operation ADD_DUE = Operation.repeatable(
            "deadline.schedule",
            "INSERT INTO ks.deadline_due (deadline_group, minute, shard, due, deadline_id) VALUES (?, ?, ?, ?, ?)"
                    + " USING TIMESTAMP 1");
    private static final Operation ADD_IN_SCOPE = Operation.repeatable(
            "deadline.schedule",
            "INSERT INTO ks.deadline_in_scope (deadline_group, name, scope_type, scope, deadline_id)"
                    + " VALUES (?, ?, ?, ?, ?) USING TIMESTAMP 1");
    private static final Operation REMOVE_DUE = Operation.repeatable(
            "deadline.unindex",
            "DELETE FROM ks.deadline_due"
                    + " WHERE deadline_group = ? AND minute = ? AND shard = ? AND due = ? AND deadline_id = ?");
    private static final Operation REMOVE_IN_SCOPE = Operation.repeatable(
            "deadline.unindex",
            "DELETE FROM ks.deadline_in_scope"
                    + " WHERE deadline_group = ? AND name = ? AND scope_type = ? AND scope = ? AND deadline_id = ?");
    private static final Operation READ =
            Operation.repeatable("deadline.read", "SELECT * FROM ks.deadline WHERE deadline_id = ?");
    private static final Operation READ_DUE = Operation.repeatable(
            "deadline.sweep",
            "SELECT minute, due, deadline_id FROM ks.deadline_due"
                    + " WHERE deadline_group = ? AND minute IN ? AND shard IN ? AND due >= ? AND due < ?");
    private static final Operation READ_IN_SCOPE = Operation.repeatable(
            "deadline.scope",
            "SELECT deadline_id FROM ks.deadline_in_scope"
                    + " WHERE deadline_group = ? AND name = ? AND scope_type = ? AND scope = ?");
    private static final Operation CLAIM = Operation.conditional(
            "deadline.claim",
            "UPDATE ks.deadline USING TTL ? SET owner = ? WHERE deadline_id = ?"
                    + " IF owner = null AND done = null AND due = ?");
    private static final String FORGET = "UPDATE ks.deadline USING TTL ? SET done = true, owner = null, name = null,"
            + " generation = null, scope = null, scope_type = null, due = null, attempts = null, payload = null,"
            + " payload_type = null, payload_revision = null, metadata = null, metadata_type = null"
            + " WHERE deadline_id = ? IF ";
    private static final Operation COMPLETE = Operation.conditional("deadline.complete", FORGET + "owner = ?");
    private static final Operation CANCEL = Operation.conditional("deadline.cancel", FORGET + "name = ?");
    private static final Operation POSTPONE = Operation.conditional(
            "deadline.postpone",
            "UPDATE ks.deadline SET due = ?, attempts = ?, owner = null WHERE deadline_id = ? IF owner = ?");
    private static final Operation READ_GENERATION = Operation.repeatable(
            "deadline.name", "SELECT generation FROM ks.deadline_name WHERE deadline_group = ? AND name = ?");
    private static final Operation BEGIN_GENERATION = Operation.conditional(
            "deadline.name",
            "UPDATE ks.deadline_name SET generation = ? WHERE deadline_group = ? AND name = ? IF generation = ?");
    private static final Operation READ_SWEPT =
            Operation.repeatable("deadline.swept", "SELECT minute FROM ks.deadline_swept WHERE deadline_group = ?");
    private static final Operation ADVANCE_SWEPT = Operation.conditional(
            "deadline.swept", "UPDATE ks.deadline_swept SET minute = ? WHERE deadline_group = ? IF minute = ?");

    private final Statements statements;
    private final String group;

    public DeadlineTables(CassandraStorage storage, String group) {
        this.statements = new Statements(storage);
        this.group = group;
    }

    /**
     * Stores a deadline and its entries, all or none. All have write time 1, so that storing a deadline again never
     * overwrites its later state.
     *
     * @param now the entry's minute is not earlier than this moment's, because the sweep may have passed it
     * @return the entry
     */
    public DueDeadline add(StoredDeadline deadline, Instant now) {
        DueDeadline entry = entry(deadline.id(), deadline.due(), now);
        Bound row = new Bound(
                ADD,
                deadline.name(),
                deadline.generation(),
                deadline.scope().data(),
                deadline.scope().type(),
                deadline.due(),
                deadline.payload().data(),
                deadline.payload().type(),
                deadline.payload().revision(),
                deadline.metadata().data(),
                deadline.metadata().type(),
                deadline.id());
        statements.logged(ADD.name(), List.of(row, addition(entry), inScope(ADD_IN_SCOPE, deadline)));
        return entry;
    }

    /** Reads the state of a deadline. */
    public DeadlineState read(String id) {
        Row row = statements.row(READ, id);
        if (row == null) {
            return new DeadlineState.Unknown();
        }
        if (row.getBoolean("done")) {
            return new DeadlineState.Done();
        }
        // Without a name it is a row that is being written, or the rest of one that is gone.
        return row.getString("name") == null ? new DeadlineState.Unknown() : new DeadlineState.Pending(deadline(row));
    }

    private static StoredDeadline deadline(Row row) {
        return new StoredDeadline(
                Objects.requireNonNull(row.getString("deadline_id")),
                Objects.requireNonNull(row.getString("name")),
                row.getLong("generation"),
                new Serialized(row.getByteBuffer("scope"), row.getString("scope_type"), null),
                Objects.requireNonNull(row.getInstant("due")),
                row.getInt("attempts"),
                new Serialized(
                        row.getByteBuffer("payload"), row.getString("payload_type"), row.getString("payload_revision")),
                new Serialized(row.getByteBuffer("metadata"), row.getString("metadata_type"), null));
    }

    /**
     * Claims a deadline for delivery.
     *
     * @return whether this node has it for the lease; not when another has, or when it is done or due at another time
     */
    public boolean claim(DueDeadline entry, String node, Duration lease) {
        Conditional claimed =
                statements.conditional(CLAIM, Math.toIntExact(lease.toSeconds()), node, entry.id(), entry.due());
        return claimed.applied();
    }

    /** Ends a deadline that this node has claimed; false when the lease has ended before. */
    public boolean complete(StoredDeadline deadline, DueDeadline entry, String node, Duration memory) {
        boolean completed = statements
                .conditional(COMPLETE, Math.toIntExact(memory.toSeconds()), deadline.id(), node)
                .applied();
        if (completed) {
            statements.logged(REMOVE_DUE.name(), List.of(removal(entry), inScope(REMOVE_IN_SCOPE, deadline)));
        }
        return completed;
    }

    /**
     * Gives a claimed deadline back for a later delivery. The new entry is written first: an entry that is later than its
     * deadline is left alone, one that is earlier can be removed.
     *
     * @return the new entry
     */
    public DueDeadline postpone(StoredDeadline deadline, DueDeadline entry, Instant due, String node, Instant now) {
        DueDeadline later = entry(deadline.id(), due, now);
        statements.write(ADD_DUE, addition(later).values());
        if (statements
                .conditional(POSTPONE, later.due(), deadline.attempts() + 1, deadline.id(), node)
                .applied()) {
            removeEntry(entry);
        }
        return later;
    }

    /** Ends a deadline of a name, delivered or not; nothing happens when there is none. */
    public void cancel(String name, String id, Duration memory) {
        if (read(id) instanceof DeadlineState.Pending pending
                && pending.deadline().name().equals(name)) {
            statements.conditional(CANCEL, Math.toIntExact(memory.toSeconds()), id, name);
            // The entry by time is removed when it is due, because its minute is unknown here.
            statements.write(
                    REMOVE_IN_SCOPE,
                    inScope(REMOVE_IN_SCOPE, pending.deadline()).values());
        }
    }

    /** Reads the identifiers of the deadlines of a name in a scope. */
    public List<String> inScope(String name, Serialized scope) {
        return statements.rows(READ_IN_SCOPE, group, name, scope.type(), scope.data()).stream()
                .map(row -> Objects.requireNonNull(row.getString("deadline_id")))
                .toList();
    }

    /** Reads the generation of a name; 0 until the first {@link #beginGeneration}. */
    public long generation(String name) {
        Row row = statements.row(READ_GENERATION, group, name);
        return row == null ? 0 : row.getLong("generation");
    }

    /**
     * Begins the next generation of a name. When another node does so at the same time, its generation serves as well:
     * what was scheduled before this call is of an earlier one.
     */
    public void beginGeneration(String name) {
        Row row = statements.row(READ_GENERATION, group, name);
        Long current = row == null ? null : row.getLong("generation");
        statements.conditional(BEGIN_GENERATION, current == null ? 1L : current + 1, group, name, current);
    }

    /** Reads entries of some minutes that are due from a moment on and before another, page by page. */
    public Iterable<DueDeadline> due(LongStream minutes, Instant from, Instant until) {
        Iterable<Row> rows =
                statements.pages(READ_DUE, PAGE, group, minutes.boxed().toList(), ALL_SHARDS, from, until);
        return () -> StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new DueDeadline(
                        Objects.requireNonNull(row.getString("deadline_id")),
                        row.getLong("minute"),
                        Objects.requireNonNull(row.getInstant("due"))))
                .iterator();
    }

    /** Removes an entry whose deadline is gone. */
    public void removeEntry(DueDeadline entry) {
        statements.write(REMOVE_DUE, removal(entry).values());
    }

    /** Reads the minute before which nothing is left. */
    public OptionalLong sweptUntil() {
        Row row = statements.row(READ_SWEPT, group);
        return row == null ? OptionalLong.empty() : OptionalLong.of(row.getLong("minute"));
    }

    /** Moves the minute before which nothing is left, unless another node has moved it. */
    public void advanceSwept(OptionalLong from, long to) {
        Long expected = from.isPresent() ? from.getAsLong() : null;
        statements.conditional(ADVANCE_SWEPT, to, group, expected);
    }

    private static DueDeadline entry(String id, Instant due, Instant now) {
        return new DueDeadline(id, Math.max(DueDeadline.minuteOf(due), DueDeadline.minuteOf(now)), due);
    }

    private Bound addition(DueDeadline entry) {
        return new Bound(ADD_DUE, group, entry.minute(), entry.shard(), entry.due(), entry.id());
    }

    private Bound removal(DueDeadline entry) {
        return new Bound(REMOVE_DUE, group, entry.minute(), entry.shard(), entry.due(), entry.id());
    }

    private Bound inScope(Operation operation, StoredDeadline deadline) {
        return new Bound(
                operation,
                group,
                deadline.name(),
                deadline.scope().type(),
                deadline.scope().data(),
                deadline.id());
    }
}
