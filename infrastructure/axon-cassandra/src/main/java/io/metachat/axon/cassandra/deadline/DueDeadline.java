package io.metachat.axon.cassandra.deadline;

import java.time.Instant;

/**
 * An entry of the table of what is due when.
 *
 * @param id the deadline's identifier
 * @param minute the minute whose partition has the entry
 * @param due when the deadline is due, to the millisecond
 */
record DueDeadline(String id, long minute, Instant due) {

    /** One minute's deadlines are spread over so many partitions. It is for ever: entries are read by it. */
    static final int SHARDS = 4;

    /** How far the clocks of nodes and slow writes may be off without a deadline being missed by the sweeps. */
    static final long GRACE_MINUTES = 2;

    int shard() {
        return Math.floorMod(id.hashCode(), SHARDS);
    }

    /** Returns whether its minute has been over for so long that nothing of it can still be being written. */
    public boolean isLongOver(Instant now) {
        return minuteOf(now) > minute + GRACE_MINUTES;
    }

    /** Returns the minute of a moment. */
    static long minuteOf(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), 60);
    }
}
