package io.metachat.axon.cassandra.schema;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.metachat.axon.cassandra.SessionInitializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates, brings up to date or checks the tables of {@code schema.cql}, by the version in {@code about}.
 *
 * <p>Only what is missing is created, so that the usual start sends no schema change at all. A keyspace of an earlier
 * version is brought up to date by the columns of {@code schema-changes.cql} that it lacks. Several applications can do so
 * at once.
 */
public final class AxonSchema implements SessionInitializer {

    /** The version that this code reads and writes. */
    public static final int VERSION = 2;

    private static final Logger log = LoggerFactory.getLogger(AxonSchema.class);
    private static final String SCHEMA = "/io/metachat/axon/cassandra/schema/schema.cql";
    private static final String CHANGES = "/io/metachat/axon/cassandra/schema/schema-changes.cql";
    private static final Pattern CHANGE = Pattern.compile("ALTER TABLE ks\\.(\\w+) ADD (\\w+) .*");

    private final String keyspace;
    private final Map<String, String> replication;
    private final SchemaMode mode;
    private final ConsistencyLevel consistency;
    private final ConsistencyLevel serialConsistency;

    public AxonSchema(
            String keyspace,
            Map<String, String> replication,
            SchemaMode mode,
            ConsistencyLevel consistency,
            ConsistencyLevel serialConsistency) {
        this.keyspace = keyspace;
        this.replication = new TreeMap<>(replication);
        this.mode = mode;
        this.consistency = consistency;
        this.serialConsistency = serialConsistency;
    }

    @Override
    public void initialize(CqlSession session) {
        switch (mode) {
            case CREATE -> create(session);
            case CHECK -> requireVersion(storedVersion(session));
            case NONE -> {}
        }
    }

    private void create(CqlSession session) {
        int stored = hasTable(session, "about") ? storedVersion(session) : 0;
        if (stored >= VERSION) {
            requireVersion(stored);
            return;
        }
        session.execute("CREATE KEYSPACE IF NOT EXISTS %s WITH replication = %s"
                .formatted(
                        keyspace,
                        replication.entrySet().stream()
                                .map(option -> "'%s': '%s'".formatted(option.getKey(), option.getValue()))
                                .collect(Collectors.joining(", ", "{", "}"))));
        statements(SCHEMA).forEach(statement -> session.execute(inKeyspace(statement)));
        // Also of a keyspace without a version: one that was being created in an earlier one has tables already.
        statements(CHANGES).stream()
                .filter(change -> isMissing(session, change))
                .forEach(change -> change(session, change));
        raiseVersion(session, stored);
        requireVersion(storedVersion(session));
        if (stored > 0) {
            log.info("Brought keyspace [{}] from version {} to {} of the schema", keyspace, stored, VERSION);
        }
    }

    private void change(CqlSession session, String change) {
        try {
            session.execute(inKeyspace(change));
        } catch (InvalidQueryException e) {
            // Another application has added it in the meantime, or it cannot be added.
            if (isMissing(session, change)) {
                throw e;
            }
        }
    }

    private String inKeyspace(String statement) {
        return statement.replace(" ks.", " " + keyspace + ".");
    }

    private boolean isMissing(CqlSession session, String change) {
        Matcher matcher = CHANGE.matcher(change);
        if (!matcher.matches()) {
            throw new IllegalStateException("Not the addition of a column: " + change);
        }
        return session.execute(SimpleStatement.newInstance(
                                "SELECT column_name FROM system_schema.columns"
                                        + " WHERE keyspace_name = ? AND table_name = ? AND column_name = ?",
                                keyspace,
                                matcher.group(1),
                                matcher.group(2)))
                        .one()
                == null;
    }

    private void raiseVersion(CqlSession session, int stored) {
        session.execute(SimpleStatement.builder(
                        "UPDATE %s.about SET value = ? WHERE name = 'schema-version' IF value = ?".formatted(keyspace))
                .addPositionalValues(Integer.toString(VERSION), stored == 0 ? null : Integer.toString(stored))
                .setConsistencyLevel(consistency)
                .setSerialConsistencyLevel(serialConsistency)
                .build());
    }

    private boolean hasTable(CqlSession session, String table) {
        return session.execute(SimpleStatement.newInstance(
                                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?",
                                keyspace,
                                table))
                        .one()
                != null;
    }

    private int storedVersion(CqlSession session) {
        Row row = session.execute(SimpleStatement.newInstance(
                                "SELECT value FROM %s.about WHERE name = 'schema-version'".formatted(keyspace))
                        .setConsistencyLevel(consistency))
                .one();
        return row == null ? 0 : Integer.parseInt(row.getString("value"));
    }

    private void requireVersion(int version) {
        if (version != VERSION) {
            throw new IllegalStateException(
                    "Keyspace [%s] has version %d of the axon-cassandra schema, and this application needs version %d: %s"
                            .formatted(
                                    keyspace,
                                    version,
                                    VERSION,
                                    version < VERSION
                                            ? "let one with axon.cassandra.schema=create bring it up to date"
                                            : "a later version of the application has been here"));
        }
    }

    /** Returns the statements of a resource, in their order, with {@code ks.} before each table's name. */
    static List<String> statements(String name) {
        try (InputStream resource = AxonSchema.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("The class path lacks " + name);
            }
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
            return Arrays.stream(text.split(";\\s*(\\n|$)"))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
