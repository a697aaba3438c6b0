package io.metachat.embedded.eventstoredb.internal.commit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The end of the log for readers, with the waiters for its next move. Waiters run on the writer's thread and must not
 * block.
 */
public final class LogEnd {

    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private volatile long position;

    LogEnd(long position) {
        this.position = position;
    }

    /** Returns the position of the next event. Everything below it is committed. */
    public long position() {
        return position;
    }

    public void add(Waiter waiter) {
        waiters.add(waiter);
    }

    public void remove(Waiter waiter) {
        waiters.remove(waiter);
    }

    void moveTo(long end, Set<String> touchedStreams) {
        position = end;
        for (Waiter waiter : waiters) {
            waiter.committed(touchedStreams);
        }
    }

    /** Notified of each commit until it is removed. */
    public interface Waiter {
        /** @param streams the streams to which the commit has appended, including index streams */
        void committed(Set<String> streams);
    }
}
