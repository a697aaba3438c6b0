package io.metachat.embedded.eventstoredb.internal.group;

import java.util.NavigableMap;
import java.util.TreeMap;

/** The progress of a group. Everything up to the checkpoint is finished; later events may be finished as well. */
final class Progress {

    /** No event is finished. */
    static final long NOTHING = -1;

    /** Read and unfinished events: their order → the order of the event before. */
    private final NavigableMap<Long, Long> unfinished = new TreeMap<>();

    private long lastRead;
    private long finishedSinceCheckpoint;
    private long checkpoint;

    Progress(long checkpoint) {
        this.checkpoint = checkpoint;
        this.lastRead = checkpoint;
    }

    void read(long order) {
        unfinished.put(order, lastRead);
        lastRead = order;
    }

    /** Records that an event was skipped. */
    void skipped(long order) {
        lastRead = order;
        finishedSinceCheckpoint++;
    }

    void finished(long order) {
        if (unfinished.remove(order) != null) {
            finishedSinceCheckpoint++;
        }
    }

    /** Returns the highest order up to which everything is finished. */
    long reached() {
        return unfinished.isEmpty() ? lastRead : unfinished.firstEntry().getValue();
    }

    long lastRead() {
        return lastRead;
    }

    long checkpoint() {
        return checkpoint;
    }

    /** Returns the number of events finished since the last checkpoint, or 0 if a new checkpoint would not advance. */
    long worthWriting() {
        return reached() > checkpoint ? finishedSinceCheckpoint : 0;
    }

    void checkpointed(long order) {
        checkpoint = order;
        finishedSinceCheckpoint = 0;
    }
}
