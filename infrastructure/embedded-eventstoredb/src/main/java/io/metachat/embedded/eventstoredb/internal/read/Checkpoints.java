package io.metachat.embedded.eventstoredb.internal.read;

/** Says after which of the events that a filtered subscription has looked at its progress is to be told. */
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

    /** Counts one more event. */
    boolean isDueAfterNext() {
        considered++;
        return considered % interval == 0;
    }
}
