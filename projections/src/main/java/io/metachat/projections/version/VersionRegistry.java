package io.metachat.projections.version;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.metachat.axon.cassandra.SessionInitializer;
import io.metachat.projections.ProjectionProperties;
import io.metachat.projections.projection.Projection;
import io.metachat.projections.table.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Knows the projections and their versions. The versions are one row per projection in Cassandra; what is known of them
 * here is what the last look saw. Rows of projections never need a lightweight transaction; this row, which several
 * instances may want to change at once, does.
 */
@Component
public class VersionRegistry implements ActiveVersions, SessionInitializer {

    private final ProjectionProperties properties;
    private final Map<String, Projection> projections = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, Versions> known = new ConcurrentHashMap<>();
    private final Map<String, Versions> seen = new ConcurrentHashMap<>();

    VersionRegistry(ProjectionProperties properties, List<Projection> projections) {
        this.properties = properties;
        for (Projection projection : projections) {
            this.projections.put(projection.name(), projection);
            known.put(projection.name(), Versions.first(projection.name()));
            for (Table table : projection.tables()) {
                String other = owners.putIfAbsent(table.name(), projection.name());
                if (other != null) {
                    throw new IllegalArgumentException(
                            "Both " + other + " and " + projection.name() + " have a table " + table.name());
                }
            }
        }
    }

    @Override
    public int of(Table table) {
        String projection = owners.get(table.name());
        if (projection == null) {
            throw new IllegalArgumentException("No projection has a table " + table.name());
        }
        return of(projection).active();
    }

    /** The versions of a projection, as of the last look. */
    public Versions of(String projection) {
        Versions versions = known.get(projection);
        if (versions == null) {
            throw new IllegalArgumentException("There is no projection " + projection);
        }
        return versions;
    }

    public List<Projection> projections() {
        return List.copyOf(projections.values());
    }

    /** Creates what is not there yet: the keyspace, the registry, a first version, the tables of each version. */
    @Override
    public void initialize(CqlSession session) {
        if (properties.createKeyspace()) {
            session.execute("CREATE KEYSPACE IF NOT EXISTS " + properties.keyspace()
                    + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
        }
        session.execute("CREATE TABLE IF NOT EXISTS " + registry() + " (projection text PRIMARY KEY, active int,"
                + " building int, started_at timestamp, retired int, retired_at timestamp, paused boolean)");
        for (String projection : projections.keySet()) {
            session.execute(SimpleStatement.newInstance(
                    "INSERT INTO " + registry() + " (projection, active, paused) VALUES (?, 1, false) IF NOT EXISTS",
                    projection));
        }
        refresh(session);
    }

    /** Looks again, and creates the tables of versions that another instance has begun. */
    public void refresh(CqlSession session) {
        for (Row row : session.execute(SimpleStatement.newInstance("SELECT * FROM " + registry())
                .setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL))) {
            Versions versions = Versions.of(row);
            Projection projection = projections.get(versions.projection());
            if (projection != null && !versions.equals(seen.get(versions.projection()))) {
                createTables(session, projection, versions);
                known.put(versions.projection(), versions);
                seen.put(versions.projection(), versions);
            }
        }
    }

    private void createTables(CqlSession session, Projection projection, Versions versions) {
        for (int version : versions.all()) {
            for (Table table : projection.tables()) {
                session.execute(table.create(properties.keyspace(), version));
            }
        }
    }

    private String registry() {
        return properties.keyspace() + ".projection_versions";
    }
}
