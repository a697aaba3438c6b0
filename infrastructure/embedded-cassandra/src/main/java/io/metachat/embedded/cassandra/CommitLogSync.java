package io.metachat.embedded.cassandra;

/** The time at which Cassandra acknowledges a write, and thus what an acknowledged write survives. */
public enum CommitLogSync {

    /**
     * Immediately. The log is synced to disk every 10 s, and its written part is marked every 100 ms. A killed process
     * loses up to 100 ms of writes, a failed machine up to 10 s.
     */
    PERIODIC("""
            commitlog_sync: periodic
            commitlog_sync_period: 10000ms"""),

    /** After the sync of the log. No acknowledged write is lost. */
    BATCH("commitlog_sync: batch");

    private final String settings;

    CommitLogSync(String settings) {
        this.settings = settings;
    }

    /** Returns the lines for {@code cassandra.yaml}. */
    String settings() {
        return settings;
    }
}
