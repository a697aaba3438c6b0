package io.metachat.axon.cassandra.schema;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One statement of {@code schema-changes.cql}: it gives a table a column, new or renamed.
 *
 * @param statement the statement, with {@code ks.} before the table's name
 * @param table the table
 * @param column the column that the table has after the change, and not before
 */
record SchemaChange(String statement, String table, String column) {

    private static final Pattern PATTERN =
            Pattern.compile("ALTER TABLE ks\\.(?<table>\\w+) (ADD|RENAME \\w+ TO) (?<column>\\w+)( .*)?");

    static SchemaChange parse(String statement) {
        Matcher matcher = PATTERN.matcher(statement);
        if (!matcher.matches()) {
            throw new IllegalStateException("Neither the addition nor the renaming of a column: " + statement);
        }
        return new SchemaChange(statement, matcher.group("table"), matcher.group("column"));
    }

    boolean isMissing(CqlSession session, String keyspace) {
        return !hasColumn(session, keyspace, table, column);
    }

    /** Sends the statement. Another application may send the same statement at the same time. */
    void apply(CqlSession session, String keyspace) {
        try {
            session.execute(statement.replace(" ks.", " " + keyspace + "."));
        } catch (InvalidQueryException e) {
            if (isMissing(session, keyspace)) {
                throw e;
            }
        }
    }

    static boolean hasColumn(CqlSession session, String keyspace, String table, String column) {
        return session.execute(SimpleStatement.newInstance(
                                "SELECT column_name FROM system_schema.columns"
                                        + " WHERE keyspace_name = ? AND table_name = ? AND column_name = ?",
                                keyspace,
                                table,
                                column))
                        .one()
                != null;
    }
}
