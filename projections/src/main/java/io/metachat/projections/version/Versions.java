package io.metachat.projections.version;

import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one projection.
 *
 * @param active the one that is read
 * @param building the one that is being filled and not read yet; {@code null} while there is none
 * @param startedAt since when it is being filled
 * @param retired the one that was read before; it follows for a while, for instances that have not switched yet
 * @param retiredAt since when it is not read any more
 * @param paused whether its processors stand still, as an operator wishes
 */
public record Versions(
        String projection,
        int active,
        @Nullable Integer building,
        @Nullable Instant startedAt,
        @Nullable Integer retired,
        @Nullable Instant retiredAt,
        boolean paused) {

    static Versions first(String projection) {
        return new Versions(projection, 1, null, null, null, null, false);
    }

    static Versions of(Row row) {
        return new Versions(
                row.getString("projection"),
                row.getInt("active"),
                row.get("building", Integer.class),
                row.getInstant("started_at"),
                row.get("retired", Integer.class),
                row.getInstant("retired_at"),
                row.getBoolean("paused"));
    }

    /** All that have tables. */
    public Set<Integer> all() {
        Set<Integer> all = new TreeSet<>();
        all.add(active);
        if (building != null) {
            all.add(building);
        }
        if (retired != null) {
            all.add(retired);
        }
        return all;
    }
}
