package io.metachat.projections.version;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.type.reflect.GenericType;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one projection. A version is built, then read, then retired, then dropped; its number is never used
 * again.
 *
 * @param active the one that is read
 * @param last the highest number that was ever used
 * @param building the one that is being filled and not read yet; {@code null} while there is none
 * @param buildingSince since when it is being filled
 * @param retired the one that is not read any more, by a switch or a cancellation; it follows for a while, for instances
 *     that do not know yet
 * @param retiredSince since when it is not read any more
 * @param dropping the one that no instance fills any more and whose tables are to go
 * @param droppingSince since when no instance should fill it
 * @param revisions of what each version was made, by version; see {@link io.metachat.projections.table.Projection#revision()}
 * @param tables what each version was made with, by version; not known of a version of an early build
 * @param paused whether its processors stand still, as an operator wishes
 */
public record Versions(
        String projection,
        int active,
        int last,
        @Nullable Integer building,
        @Nullable Instant buildingSince,
        @Nullable Integer retired,
        @Nullable Instant retiredSince,
        @Nullable Integer dropping,
        @Nullable Instant droppingSince,
        Map<Integer, Integer> revisions,
        Map<Integer, Set<String>> tables,
        boolean paused) {

    private static final GenericType<Map<Integer, Set<String>>> TABLES =
            GenericType.mapOf(GenericType.of(Integer.class), GenericType.setOf(String.class));

    public Versions {
        revisions = Map.copyOf(revisions);
        tables = Map.copyOf(tables);
    }

    static Versions first(String projection, int revision) {
        return new Versions(projection, 1, 1, null, null, null, null, null, null, Map.of(1, revision), Map.of(), false);
    }

    static Versions of(Row row) {
        return new Versions(
                Objects.requireNonNull(row.getString("projection")),
                row.getInt("active"),
                row.getInt("last"),
                row.get("building", Integer.class),
                row.getInstant("building_since"),
                row.get("retired", Integer.class),
                row.getInstant("retired_since"),
                row.get("dropping", Integer.class),
                row.getInstant("dropping_since"),
                Objects.requireNonNull(row.getMap("revisions", Integer.class, Integer.class)),
                Objects.requireNonNull(row.get("tables", TABLES)),
                row.getBoolean("paused"));
    }

    /** The revision that a version was made by; the first, when the version is older than revisions. */
    public int revisionOf(int version) {
        return revisions.getOrDefault(version, 1);
    }

    /** Whether the version is being filled and not read yet. */
    public boolean isBuilding(int version) {
        return building != null && building == version;
    }

    /** All that are filled. */
    public Set<Integer> filled() {
        Set<Integer> filled = new TreeSet<>();
        Stream.of(active, building, retired).filter(Objects::nonNull).forEach(filled::add);
        return filled;
    }
}
