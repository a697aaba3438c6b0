package io.metachat.axon.cassandra.schema;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.metachat.axon.cassandra.SessionInitializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates, upgrades or checks the tables of {@code schema.cql}. The table {@code about} holds their version.
 *
 * <p>It creates only what is missing, so the usual start sends no schema change. It upgrades a keyspace of an earlier version
 * with the statements of {@code schema-changes.cql} that the keyspace lacks. Several applications can upgrade at the same time,
 * and an upgrade that was interrupted is repeated at the next start.
 */
public final class AxonSchema implements SessionInitializer {

    /** The version of the tables that this code reads and writes. */
    public static final int VERSION = 3;

    private static final Logger log = LoggerFactory.getLogger(AxonSchema.class);
    private static final String SCHEMA = "/io/metachat/axon/cassandra/schema/schema.cql";
    private static final String CHANGES = "/io/metachat/axon/cassandra/schema/schema-changes.cql";

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
        // Also for a keyspace without a version: an earlier version may have begun to create it.
        statements(CHANGES).stream()
                .map(SchemaChange::parse)
                .filter(change -> change.isMissing(session, keyspace))
                .forEach(change -> change.apply(session, keyspace));
        new IncarnationCopy(keyspace, consistency, serialConsistency).run(session);
        raiseVersion(session, stored);
        requireVersion(storedVersion(session));
        if (stored > 0) {
            log.info("Upgraded keyspace [{}] from version {} to {} of the schema", keyspace, stored, VERSION);
        }
    }

    private String inKeyspace(String statement) {
        return statement.replace(" ks.", " " + keyspace + ".");
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
                                            ? "an application with axon.cassandra.schema=create upgrades it"
                                            : "a later version of the application has upgraded it"));
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
