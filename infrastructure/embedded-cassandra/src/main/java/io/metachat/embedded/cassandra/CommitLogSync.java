package io.metachat.embedded.cassandra;

/** When Cassandra acknowledges a write, and so what an acknowledged write survives. */
public enum CommitLogSync {

    /**
     * At once; the log is forced to disk every 10 s, and its written part marked every 100 ms. The death of the
     * process loses up to the last 100 ms, the death of the machine up to the last 10 s.
     */
    PERIODIC("""
            commitlog_sync: periodic
            commitlog_sync_period: 10000ms"""),

    /** After the log is on disk. Nothing acknowledged is lost by the death of either. */
    BATCH("commitlog_sync: batch");

    private final String settings;

    CommitLogSync(String settings) {
        this.settings = settings;
    }

    /** The lines of {@code cassandra.yaml}. */
    String settings() {
        return settings;
    }
}
