package io.metachat.axon.cassandra.deadline;

import java.time.Instant;

/**
 * An entry of the table of deadlines by time.
 *
 * @param id the deadline's identifier
 * @param minute the minute whose partition has the entry
 * @param due when the deadline is due, to the millisecond
 */
record DueDeadline(String id, long minute, Instant due) {

    /** The number of partitions of one minute's deadlines. It must never change, because entries are found by it. */
    static final int SHARDS = 4;

    /** The skew of nodes' clocks, together with the delay of slow writes, with which the sweeps still miss no deadline. */
    static final long GRACE_MINUTES = 2;

    int shard() {
        return Math.floorMod(id.hashCode(), SHARDS);
    }

    /** Returns whether its minute has been over for so long that no entry of it can still be written. */
    public boolean isLongOver(Instant now) {
        return minuteOf(now) > minute + GRACE_MINUTES;
    }

    /** Returns the minute of a moment. */
    static long minuteOf(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), 60);
    }
}
