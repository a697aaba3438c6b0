package io.metachat.axon.cassandra.internal;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.metachat.axon.cassandra.SchemaMode;
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

/**
 * Creates or checks the tables of {@code schema.cql}, by the version in {@code about}.
 *
 * <p>Only what is missing is created, so that the usual start sends no schema change at all.
 */
public final class AxonSchema implements SessionInitializer {

    /** The version that this code reads and writes. */
    public static final int VERSION = 1;

    private static final String RESOURCE = "/io/metachat/axon/cassandra/schema.cql";

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
        if (hasTable(session, "about") && storedVersion(session) == VERSION) {
            return;
        }
        session.execute("CREATE KEYSPACE IF NOT EXISTS %s WITH replication = %s"
                .formatted(
                        keyspace,
                        replication.entrySet().stream()
                                .map(option -> "'%s': '%s'".formatted(option.getKey(), option.getValue()))
                                .collect(Collectors.joining(", ", "{", "}"))));
        statements().forEach(statement -> session.execute(statement.replace(" ks.", " " + keyspace + ".")));
        session.execute(
                SimpleStatement.builder("INSERT INTO %s.about (name, value) VALUES ('schema-version', ?) IF NOT EXISTS"
                                .formatted(keyspace))
                        .addPositionalValue(Integer.toString(VERSION))
                        .setConsistencyLevel(consistency)
                        .setSerialConsistencyLevel(serialConsistency)
                        .build());
        requireVersion(storedVersion(session));
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
                    "Keyspace [%s] has version %d of the axon-cassandra schema, and this application needs version %d"
                            .formatted(keyspace, version, VERSION));
        }
    }

    /** Returns the statements of the schema, in their order, with {@code ks.} before each table's name. */
    static List<String> statements() {
        try (InputStream resource = AxonSchema.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("The class path lacks " + RESOURCE);
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
