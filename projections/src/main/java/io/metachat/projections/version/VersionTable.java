package io.metachat.projections.version;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.metachat.projections.ProjectionProperties;
import io.metachat.projections.table.ExistingTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The versions of all projections, one row each, in Cassandra. Several instances and operators change such a row
 * concurrently. So each change is a lightweight transaction, conditional on the values that it has read; rows of
 * projections need none. The times are those of the servers.
 */
@Component
class VersionTable {

    private static final String NAME = "projection_versions";

    /** Columns are only ever added: what an older build has made gets those that it lacks. */
    private static final Map<String, String> COLUMNS = columns();

    private final String keyspace;
    private final String name;

    VersionTable(ProjectionProperties properties) {
        this.keyspace = properties.keyspace();
        this.name = keyspace + "." + NAME;
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("active", "int");
        columns.put("last", "int");
        columns.put("building", "int");
        columns.put("building_since", "timestamp");
        columns.put("retired", "int");
        columns.put("retired_since", "timestamp");
        columns.put("dropping", "int");
        columns.put("dropping_since", "timestamp");
        columns.put("revisions", "map<int, int>");
        columns.put("tables", "map<int, frozen<set<text>>>");
        columns.put("paused", "boolean");
        return columns;
    }

    /** Creates the table, or brings it up to date. Several instances may do it at once. */
    void create(CqlSession session) {
        String definitions = COLUMNS.entrySet().stream()
                .map(column -> column.getKey() + " " + column.getValue())
                .collect(Collectors.joining(", "));
        session.execute("CREATE TABLE IF NOT EXISTS %s (projection text PRIMARY KEY, %s)".formatted(name, definitions));
        ExistingTable existing = Objects.requireNonNull(
                ExistingTable.among(session, keyspace, List.of(NAME)).get(NAME));
        Set<String> there = existing.columns().keySet();
        COLUMNS.forEach((column, type) -> {
            if (!there.contains(column)) {
                session.execute("ALTER TABLE %s ADD IF NOT EXISTS %s %s".formatted(name, column, type));
            }
        });
        if (!there.contains("last")) {
            countWhatWasUsed(session);
        }
    }

    /** An older build did not write down which numbers were used: the highest that it has is the last. */
    private void countWhatWasUsed(CqlSession session) {
        for (Row row : session.execute("SELECT * FROM " + name)) {
            int last = Stream.of("active", "building", "retired", "dropping")
                    .mapToInt(row::getInt)
                    .max()
                    .orElse(1);
            change(
                    session,
                    "UPDATE %s SET last = ? WHERE projection = ? IF last = null",
                    last,
                    Objects.requireNonNull(row.getString("projection")));
        }
    }

    /** Gives a projection that has none its first version. */
    void begin(CqlSession session, String projection, int revision, Set<String> tables) {
        change(
                session,
                "INSERT INTO %s (projection, active, last, revisions, tables, paused) VALUES (?, 1, 1, ?, ?, false)"
                        + " IF NOT EXISTS",
                projection,
                Map.of(1, revision),
                Map.of(1, tables));
    }

    /** Notes that a version is not what a revision makes, so that it is replaced. */
    void outdate(CqlSession session, String projection, int version) {
        change(session, "UPDATE %s SET revisions[?] = 0 WHERE projection = ? IF EXISTS", version, projection);
    }

    List<Versions> read(CqlSession session) {
        List<Versions> all = new ArrayList<>();
        session.execute(SimpleStatement.newInstance("SELECT * FROM " + name)
                        .setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL))
                .forEach(row -> all.add(Versions.of(row)));
        return all;
    }

    boolean build(CqlSession session, Versions found, int revision, Set<String> tables) {
        int next = found.last() + 1;
        return change(
                session,
                "UPDATE %s SET building = ?, last = ?, revisions[?] = ?, tables[?] = ?,"
                        + " building_since = toTimestamp(now()) WHERE projection = ? IF last = ? AND building = null AND retired = null",
                next,
                next,
                next,
                revision,
                next,
                tables,
                found.projection(),
                found.last());
    }

    boolean cancel(CqlSession session, Versions found) {
        return change(
                session,
                "UPDATE %s SET building = null, building_since = null, retired = ?, retired_since = toTimestamp(now())"
                        + " WHERE projection = ? IF building = ? AND retired = null",
                found.building(),
                found.projection(),
                found.building());
    }

    boolean activate(CqlSession session, Versions found) {
        return change(
                session,
                "UPDATE %s SET active = ?, building = null, building_since = null, retired = ?,"
                        + " retired_since = toTimestamp(now()) WHERE projection = ?"
                        + " IF active = ? AND building = ? AND retired = null",
                found.building(),
                found.active(),
                found.projection(),
                found.active(),
                found.building());
    }

    boolean stopRetired(CqlSession session, Versions found) {
        return change(
                session,
                "UPDATE %s SET retired = null, retired_since = null, dropping = ?, dropping_since = toTimestamp(now())"
                        + " WHERE projection = ? IF retired = ? AND dropping = null",
                found.retired(),
                found.projection(),
                found.retired());
    }

    boolean dropped(CqlSession session, Versions found, int version) {
        return change(
                session,
                "UPDATE %s SET dropping = null, dropping_since = null, revisions = revisions - ?,"
                        + " tables = tables - ? WHERE projection = ? IF dropping = ?",
                Set.of(version),
                Set.of(version),
                found.projection(),
                version);
    }

    boolean pause(CqlSession session, String projection, boolean paused) {
        return change(session, "UPDATE %s SET paused = ? WHERE projection = ? IF EXISTS", paused, projection);
    }

    private boolean change(CqlSession session, String cql, @Nullable Object... values) {
        return session.execute(SimpleStatement.newInstance(cql.formatted(name), values))
                .wasApplied();
    }
}
