package io.metachat.embedded.eventstoredb.internal.group;

import java.util.NavigableMap;
import java.util.TreeMap;

/** How far a group has come: everything up to the checkpoint is finished, although what follows may be finished too. */
final class Progress {

    /** Nothing has been finished. */
    static final long NOTHING = -1;

    /** Events read and not finished: their order → the order of the event before. */
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

    /** Something that nobody will get has been passed. */
    void skipped(long order) {
        lastRead = order;
        finishedSinceCheckpoint++;
    }

    void finished(long order) {
        if (unfinished.remove(order) != null) {
            finishedSinceCheckpoint++;
        }
    }

    /** The highest order up to which everything is finished. */
    long reached() {
        return unfinished.isEmpty() ? lastRead : unfinished.firstEntry().getValue();
    }

    long lastRead() {
        return lastRead;
    }

    long checkpoint() {
        return checkpoint;
    }

    /** How many events were finished since the last checkpoint, if a new one would be ahead of it. */
    long worthWriting() {
        return reached() > checkpoint ? finishedSinceCheckpoint : 0;
    }

    void checkpointed(long order) {
        checkpoint = order;
        finishedSinceCheckpoint = 0;
    }
}
