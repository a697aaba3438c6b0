package io.metachat.projections.version;

import com.datastax.oss.driver.api.core.CqlSession;
import io.metachat.axon.cassandra.SessionInitializer;
import io.metachat.projections.ProjectionProperties;
import io.metachat.projections.table.ActiveVersions;
import io.metachat.projections.table.ExistingTable;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.Table;
import io.metachat.service.error.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Knows the projections and their versions, and changes these. What is known here of the versions is what the last look
 * saw: another instance's change is seen a moment later. Thread-safe.
 */
@Component
public class VersionRegistry implements ActiveVersions, SessionInitializer {

    private static final Duration REBUILDING = Duration.ofSeconds(10);

    private final ProjectionProperties properties;
    private final VersionTable table;
    private final Map<String, Projection> projections = new TreeMap<>();
    private final Map<String, String> owners = new TreeMap<>();
    private final Map<String, Versions> known = new ConcurrentHashMap<>();
    private final Map<String, Versions> seen = new ConcurrentHashMap<>();
    /** The versions, by projection, whose tables another build has made in a way that this one cannot work with. */
    private final Map<String, Set<Integer>> unusable = new ConcurrentHashMap<>();

    VersionRegistry(ProjectionProperties properties, VersionTable table, List<Projection> projections) {
        this.properties = properties;
        this.table = table;
        projections.forEach(this::add);
    }

    private void add(Projection projection) {
        projections.put(projection.name(), projection);
        known.put(projection.name(), Versions.first(projection.name(), projection.revision()));
        for (Table<?> owned : projection.tables()) {
            String other = owners.putIfAbsent(owned.name(), projection.name());
            if (other != null) {
                throw new IllegalArgumentException(
                        "Both " + other + " and " + projection.name() + " have a table " + owned.name());
            }
        }
    }

    @Override
    public int of(Table<?> owned) {
        String projection = owners.get(owned.name());
        if (projection == null) {
            throw new IllegalArgumentException("No projection has a table " + owned.name());
        }
        int active = of(projection).active();
        if (!isUsable(projection, active)) {
            throw Problem.unavailable("read-model-rebuilding", "The read model is being rebuilt.", REBUILDING)
                    .toException();
        }
        return active;
    }

    /** Whether this build can read and fill the version; one that cannot waits for the rebuild that replaces it. */
    public boolean isUsable(String projection, int version) {
        return !unusable.getOrDefault(projection, Set.of()).contains(version);
    }

    /** Whether the version that is read is what an earlier revision of the projection has made. */
    public boolean isOutdated(String projection) {
        Versions versions = of(projection);
        return versions.revisionOf(versions.active()) < revision(projection);
    }

    /** The versions that this instance takes part in filling: not those of later revisions, which it knows nothing of. */
    public Set<Integer> filledHere(String projection) {
        Versions versions = of(projection);
        Set<Integer> filled = new TreeSet<>(versions.filled());
        filled.removeIf(
                version -> versions.revisionOf(version) > revision(projection) || !isUsable(projection, version));
        return filled;
    }

    /**
     * The versions of a projection, as of the last look.
     *
     * @throws IllegalArgumentException when there is no such projection
     */
    public Versions of(String projection) {
        Versions versions = known.get(projection);
        if (versions == null) {
            throw new IllegalArgumentException("There is no projection " + projection);
        }
        return versions;
    }

    public Collection<Projection> projections() {
        return List.copyOf(projections.values());
    }

    /** Creates what is not there yet: the keyspace, the registry, a first version, the tables of each version. */
    @Override
    public void initialize(CqlSession session) {
        if (properties.createKeyspace()) {
            session.execute("CREATE KEYSPACE IF NOT EXISTS " + properties.keyspace()
                    + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
        }
        table.create(session);
        projections
                .values()
                .forEach(projection ->
                        table.begin(session, projection.name(), projection.revision(), tables(projection.name())));
        refresh(session);
    }

    /** Looks again, and creates the tables of versions that have begun, or gives them what they lack. */
    public void refresh(CqlSession session) {
        for (Versions versions : table.read(session)) {
            Projection projection = projections.get(versions.projection());
            if (projection != null && !versions.equals(seen.get(versions.projection()))) {
                prepareTables(session, projection, versions);
                known.put(versions.projection(), versions);
                seen.put(versions.projection(), versions);
            }
        }
    }

    /** Begins to fill a new version. Returns false when one is being built, or an old one is still there. */
    public boolean build(CqlSession session, String projection) {
        return change(
                session,
                projection,
                versions -> table.build(session, versions, revision(projection), tables(projection)));
    }

    /** Gives up the version that is being built. Returns false when there is none. */
    public boolean cancel(CqlSession session, String projection) {
        return change(session, projection, versions -> versions.building() != null && table.cancel(session, versions));
    }

    /** Reads the version that was built from now on. Returns false when another instance was faster. */
    public boolean activate(CqlSession session, String projection) {
        return change(
                session, projection, versions -> versions.building() != null && table.activate(session, versions));
    }

    /** No instance fills the retired version any more. */
    public boolean stopRetired(CqlSession session, String projection) {
        return change(
                session, projection, versions -> versions.retired() != null && table.stopRetired(session, versions));
    }

    /**
     * Drops the tables of the version that no instance fills any more, also those that only an earlier revision had.
     * Repeatable after a crash at any point.
     */
    public boolean drop(CqlSession session, String projection) {
        return change(session, projection, versions -> {
            Integer version = versions.dropping();
            if (version == null) {
                return false;
            }
            Set<String> tables = new TreeSet<>(tables(projection));
            tables.addAll(versions.tables().getOrDefault(version, Set.of()));
            tables.forEach(name -> session.execute(Table.drop(properties.keyspace(), name, version)));
            return table.dropped(session, versions, version);
        });
    }

    /** Pauses or resumes the processors of a projection, in every instance. */
    public boolean pause(CqlSession session, String projection, boolean paused) {
        return change(session, projection, versions -> table.pause(session, projection, paused));
    }

    private boolean change(CqlSession session, String projection, Predicate<Versions> change) {
        refresh(session);
        boolean changed = change.test(of(projection));
        refresh(session);
        return changed;
    }

    /** The names of the tables that this build's revision of a projection has. */
    private Set<String> tables(String projection) {
        return projection(projection).tables().stream().map(Table::name).collect(Collectors.toUnmodifiableSet());
    }

    private int revision(String projection) {
        return projection(projection).revision();
    }

    private Projection projection(String name) {
        return Objects.requireNonNull(projections.get(name), name);
    }

    private void prepareTables(CqlSession session, Projection projection, Versions versions) {
        Set<Integer> misfits = new TreeSet<>();
        for (int version : versions.filled()) {
            if (versions.revisionOf(version) <= projection.revision() && !prepareTables(session, projection, version)) {
                misfits.add(version);
            }
        }
        unusable.put(projection.name(), misfits);
    }

    /** Returns false when a table is there that this build cannot work with. */
    private boolean prepareTables(CqlSession session, Projection projection, int version) {
        Map<String, ExistingTable> existing = ExistingTable.among(
                session,
                properties.keyspace(),
                projection.tables().stream().map(owned -> owned.in(version)).toList());
        List<String> changes = new ArrayList<>();
        boolean fits = true;
        boolean whole = true;
        for (Table<?> owned : projection.tables()) {
            ExistingTable there = existing.get(owned.in(version));
            if (there == null) {
                changes.add(owned.create(properties.keyspace(), version));
            } else if (owned.fits(there)) {
                List<String> missing = owned.missingIn(there);
                missing.forEach(column -> changes.add(owned.add(properties.keyspace(), version, column)));
                whole &= missing.isEmpty();
            } else {
                fits = false;
            }
        }
        if (!fits || !whole) {
            // First, for after a crash in between nothing would tell that the new columns are empty.
            table.outdate(session, projection.name(), version);
        }
        if (fits) {
            changes.forEach(session::execute);
        }
        return fits;
    }
}
