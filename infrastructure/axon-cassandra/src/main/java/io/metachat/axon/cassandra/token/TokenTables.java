package io.metachat.axon.cassandra.token;

import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.axon.cassandra.CassandraStorage;
import io.metachat.axon.cassandra.connection.Conditional;
import io.metachat.axon.cassandra.connection.Operation;
import io.metachat.axon.cassandra.connection.Serialization.Serialized;
import io.metachat.axon.cassandra.connection.Statements;
import io.metachat.axon.cassandra.connection.Statements.Bound;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tables of segments and of their progress. Changes of progress require the claim of this node, and report its loss. */
final class TokenTables {

    private static final Operation READ_SEGMENTS =
            Operation.repeatable("token.segments", "SELECT * FROM ks.segment WHERE processor = ?");
    private static final Operation ADD_SEGMENT = Operation.conditional(
            "token.initialize",
            "INSERT INTO ks.segment (processor, segment, incarnation, initial_token, initial_token_type)"
                    + " VALUES (?, ?, ?, ?, ?) IF NOT EXISTS");
    private static final Operation REMOVE_SEGMENT = Operation.conditional(
            "token.delete", "DELETE FROM ks.segment WHERE processor = ? AND segment = ? IF incarnation = ?");
    private static final Operation HAND_OVER = Operation.conditional(
            "token.delete",
            "UPDATE ks.segment SET handover = ?, handover_token = ?, handover_token_type = ?"
                    + " WHERE processor = ? AND segment = ? IF incarnation = ?");
    private static final Operation READ_TOKENS =
            Operation.repeatable("token.read", "SELECT * FROM ks.progress WHERE processor = ? AND segment IN ?");
    private static final Operation CLAIM = Operation.conditional(
            "token.claim",
            "UPDATE ks.progress USING TTL ? SET owner = ? WHERE processor = ? AND segment = ? IF owner IN (?, null)");
    private static final Operation EXTEND = Operation.conditional(
            "token.extend",
            "UPDATE ks.progress USING TTL ? SET owner = ? WHERE processor = ? AND segment = ? IF owner = ?");
    private static final Operation RELEASE = Operation.conditional(
            "token.release", "UPDATE ks.progress SET owner = null WHERE processor = ? AND segment = ? IF owner = ?");
    private static final Operation STORE = Operation.conditional(
            "token.store",
            "UPDATE ks.progress SET tracking_token = ?, tracking_token_type = ?, stored_at = currentTimestamp()"
                    + " WHERE processor = ? AND segment = ? IF owner = ?");
    private static final Operation STORE_HANDED_OVER = Operation.conditional(
            "token.store",
            "UPDATE ks.progress SET tracking_token = ?, tracking_token_type = ?, stored_at = currentTimestamp(), handover = ?"
                    + " WHERE processor = ? AND segment = ? IF owner = ?");
    private static final Operation BEGIN = Operation.conditional(
            "token.begin",
            "UPDATE ks.progress SET tracking_token = ?, tracking_token_type = ?, stored_at = currentTimestamp(), incarnation = ?,"
                    + " handover = null WHERE processor = ? AND segment = ? IF owner = ?");
    private static final Operation REMOVE_TOKEN = Operation.conditional(
            "token.delete", "DELETE FROM ks.progress WHERE processor = ? AND segment = ? IF owner = ?");
    private static final Operation READ_IDENTIFIER =
            Operation.repeatable("token.identifier", "SELECT value FROM ks.about WHERE name = 'storage-identifier'");
    private static final Operation CREATE_IDENTIFIER = Operation.conditional(
            "token.identifier", "INSERT INTO ks.about (name, value) VALUES ('storage-identifier', ?) IF NOT EXISTS");

    private final Statements statements;
    private final int claimSeconds;
    private final String node;

    TokenTables(CassandraStorage storage, int claimSeconds, String node) {
        this.statements = new Statements(storage);
        this.claimSeconds = claimSeconds;
        this.node = node;
    }

    /** Reads the segments of a processor in their order. */
    List<Row> segments(String processor) {
        return statements.rows(READ_SEGMENTS, processor);
    }

    /** Reads the progress of segments; a segment that has not begun has no row. */
    List<Row> tokens(String processor, List<Integer> segments) {
        return statements.rows(READ_TOKENS, processor, segments);
    }

    /** Adds all the segments or none. */
    Conditional addSegments(String processor, IntStream segments, UUID incarnation, Serialized initialToken) {
        List<Bound> inserts = segments.mapToObj(segment -> new Bound(
                        ADD_SEGMENT, processor, segment, incarnation, initialToken.data(), initialToken.type()))
                .toList();
        return statements.conditional(ADD_SEGMENT.name(), inserts);
    }

    /** Removes a segment without a partner. */
    Conditional removeSegment(String processor, int segment, UUID incarnation) {
        return statements.conditional(REMOVE_SEGMENT, processor, segment, incarnation);
    }

    /** Removes a segment and hands its token over to its heir, both or nothing. */
    Conditional removeSegment(
            String processor,
            int segment,
            UUID incarnation,
            int heir,
            UUID heirIncarnation,
            UUID handover,
            Serialized token) {
        return statements.conditional(
                REMOVE_SEGMENT.name(),
                List.of(
                        new Bound(REMOVE_SEGMENT, processor, segment, incarnation),
                        new Bound(HAND_OVER, handover, token.data(), token.type(), processor, heir, heirIncarnation)));
    }

    /** Claims a segment that is unclaimed, or claimed by this node. */
    Conditional claim(String processor, int segment) {
        return statements.conditional(CLAIM, claimSeconds, node, processor, segment, node);
    }

    Conditional extend(String processor, int segment) {
        return statements.conditional(EXTEND, claimSeconds, node, processor, segment, node);
    }

    void release(String processor, int segment) {
        statements.conditional(RELEASE, processor, segment, node);
    }

    /** Begins the progress of a segment's incarnation at a token. */
    Conditional begin(String processor, int segment, UUID incarnation, Serialized token) {
        return statements.conditional(BEGIN, token.data(), token.type(), incarnation, processor, segment, node);
    }

    /**
     * Stores a token and extends the claim, in one round trip.
     *
     * @param handover the handover that the token includes, if any
     */
    Conditional store(String processor, int segment, Serialized token, @Nullable UUID handover) {
        Bound store = handover == null
                ? new Bound(STORE, token.data(), token.type(), processor, segment, node)
                : new Bound(STORE_HANDED_OVER, token.data(), token.type(), handover, processor, segment, node);
        Bound extension = new Bound(EXTEND, claimSeconds, node, processor, segment, node);
        return statements.conditional(STORE.name(), List.of(store, extension));
    }

    void removeToken(String processor, int segment) {
        statements.conditional(REMOVE_TOKEN, processor, segment, node);
    }

    /** Returns the identifier of this storage, and creates it at the first call. */
    Optional<String> storageIdentifier() {
        Row stored = statements.row(READ_IDENTIFIER);
        if (stored == null) {
            statements.conditional(CREATE_IDENTIFIER, UUID.randomUUID().toString());
            stored = statements.row(READ_IDENTIFIER);
        }
        return Optional.ofNullable(stored).map(row -> row.getString("value"));
    }
}
