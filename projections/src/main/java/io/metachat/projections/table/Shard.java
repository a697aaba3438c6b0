package io.metachat.projections.table;

import java.util.UUID;

/**
 * The number of the person's partition that a row is in. How many there are is fixed for ever: a row's place follows from its id alone,
 * and to delete everything of a person needs no list of what there is. With 32 shards, ten thousand entries of the
 * largest size are 32 MB a partition.
 */
public final class Shard {

    public static final int COUNT = 32;

    private Shard() {}

    public static int of(UUID id) {
        return Math.floorMod(id.hashCode(), COUNT);
    }
}
