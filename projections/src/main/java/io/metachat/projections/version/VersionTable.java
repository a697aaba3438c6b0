package io.metachat.projections.version;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.metachat.projections.ProjectionProperties;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The versions of all projections, one row each, in Cassandra. Rows of projections never need a lightweight transaction;
 * this row, which several instances and people may want to change at once, does: each change names what it found, and
 * happens once or not at all. The times are those of the servers.
 */
@Component
class VersionTable {

    private final String name;

    VersionTable(ProjectionProperties properties) {
        this.name = properties.keyspace() + ".projection_versions";
    }

    void create(CqlSession session) {
        session.execute("CREATE TABLE IF NOT EXISTS " + name + " (projection text PRIMARY KEY, active int, last int,"
                + " building int, building_since timestamp, retired int, retired_since timestamp,"
                + " dropping int, dropping_since timestamp, paused boolean)");
    }

    /** Gives a projection that has none its first version. */
    void begin(CqlSession session, String projection) {
        change(
                session,
                "INSERT INTO %s (projection, active, last, paused) VALUES (?, 1, 1, false) IF NOT EXISTS",
                projection);
    }

    List<Versions> read(CqlSession session) {
        List<Versions> all = new ArrayList<>();
        session.execute(SimpleStatement.newInstance("SELECT * FROM " + name)
                        .setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL))
                .forEach(row -> all.add(Versions.of(row)));
        return all;
    }

    boolean build(CqlSession session, Versions found) {
        int next = found.last() + 1;
        return change(
                session,
                "UPDATE %s SET building = ?, last = ?, building_since = toTimestamp(now()) WHERE projection = ?"
                        + " IF last = ? AND building = null AND retired = null",
                next,
                next,
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

    boolean dropped(CqlSession session, Versions found) {
        return change(
                session,
                "UPDATE %s SET dropping = null, dropping_since = null WHERE projection = ? IF dropping = ?",
                found.projection(),
                found.dropping());
    }

    boolean pause(CqlSession session, String projection, boolean paused) {
        return change(session, "UPDATE %s SET paused = ? WHERE projection = ? IF EXISTS", paused, projection);
    }

    private boolean change(CqlSession session, String cql, Object... values) {
        return session.execute(SimpleStatement.newInstance(cql.formatted(name), values))
                .wasApplied();
    }
}
