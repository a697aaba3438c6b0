package io.metachat.embedded.eventstoredb.internal.read;

/** Decides when a filtered subscription sends a checkpoint. */
public final class Checkpoints {

    private final long interval;
    private long considered;

    private Checkpoints(long interval) {
        this.interval = interval;
    }

    public static Checkpoints none() {
        return new Checkpoints(Long.MAX_VALUE);
    }

    public static Checkpoints every(long events) {
        return new Checkpoints(events);
    }

    /** Counts one more event, and returns whether a checkpoint is due after it. */
    boolean isDueAfterNext() {
        considered++;
        return considered % interval == 0;
    }
}
