package io.metachat.projections.table;

import java.util.List;

/**
 * One read model: which tables it has, and what each event writes to them. It knows nothing of versions, batches and
 * Cassandra's client; the same projection fills the tables of the active version and those of a version being rebuilt,
 * at the same time.
 *
 * <p>The deletion of a person's rows when they are forgotten is nobody's own business: it follows from the tables.
 */
public interface Projection {

    /** A name of a-z, 0-9 and hyphens that stays for ever: {@code entries}. */
    String name();

    /**
     * The revision of what is written, from 1 on. Whoever changes the tables, or what an event writes to them, counts it
     * up: then each version that was made by an earlier revision is replaced by a rebuild, and goes on serving meanwhile.
     */
    int revision();

    List<Table> tables();

    EventHandlers handlers();
}
