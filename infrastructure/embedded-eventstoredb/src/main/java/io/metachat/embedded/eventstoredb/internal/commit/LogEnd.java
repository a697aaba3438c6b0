package io.metachat.embedded.eventstoredb.internal.commit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the log ends for readers, and who waits for it to move. Waiters are woken on the writer's thread and must only
 * hand on the news.
 */
public final class LogEnd {

    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private volatile long position;

    LogEnd(long position) {
        this.position = position;
    }

    /** The position that the next event will get: everything below it is committed. */
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

    /** Told of each commit until it is removed. */
    public interface Waiter {
        /** @param streams those that the commit has added to, index streams included */
        void committed(Set<String> streams);
    }
}
