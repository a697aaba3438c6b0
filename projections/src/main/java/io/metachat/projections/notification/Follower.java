package io.metachat.projections.notification;

import io.grpc.stub.ServerCallStreamObserver;
import io.metachat.domain.UserId;
import io.metachat.proto.v1.Notification;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open stream of notifications. It gets what it missed from the table, up to the position at which it joined the
 * tail, and everything after that from the tail: in order, and each once, since no position is given twice.
 *
 * <p>What the tail brings waits in a queue of bounded length until the reader takes it. A reader that is too slow for it
 * is served from the table again, from where it stands, as if it had just come.
 */
final class Follower {

    private static final Logger log = LoggerFactory.getLogger(Follower.class);

    private static final int PAGE = 100;
    private static final long CATCH_UP_MILLIS = 25;

    private final UserId user;
    private final ServerCallStreamObserver<Notification> reader;
    private final NotificationTail tail;
    private final KeptNotifications kept;
    private final ScheduledExecutorService executor;
    private final int capacity;
    private final AtomicInteger signals = new AtomicInteger();

    private final Queue<Notification> live = new ArrayDeque<>();
    private boolean overflown;

    private volatile @Nullable RuntimeException ending;

    private boolean begun;
    private long last;
    /** Up to where the table has to be read before the queue may be. */
    private long missedUntil;

    Follower(
            UserId user,
            ServerCallStreamObserver<Notification> reader,
            NotificationTail tail,
            KeptNotifications kept,
            ScheduledExecutorService executor,
            int capacity) {
        this.user = user;
        this.reader = reader;
        this.tail = tail;
        this.kept = kept;
        this.executor = executor;
        this.capacity = capacity;
    }

    UserId user() {
        return user;
    }

    /**
     * Begins to tell.
     *
     * @param after the position that the reader has come to; empty to begin with what is new
     * @param joinedAt where the follower joined the tail
     */
    void begin(OptionalLong after, long joinedAt) {
        synchronized (this) {
            last = after.orElse(joinedAt);
            missedUntil = joinedAt;
            begun = true;
        }
        signal();
    }

    /** By the tail, which excludes {@link #offer} meanwhile: from now on the queue takes what comes. */
    synchronized void joined() {
        live.clear();
        overflown = false;
    }

    /** By the tail: never blocks. */
    void offer(Notification notification) {
        synchronized (this) {
            if (overflown) {
                return;
            }
            if (live.size() == capacity) {
                overflown = true;
                live.clear();
            } else {
                live.add(notification);
            }
        }
        signal();
    }

    /** Something may be possible now: there is something to tell, or the reader takes it again. */
    void signal() {
        if (isBegun() && signals.getAndIncrement() == 0) {
            submit(0);
        }
    }

    /** The tail may bring something before the follower knows where it begins. */
    private synchronized boolean isBegun() {
        return begun;
    }

    /** One run at a time; what is signalled meanwhile leads to another. */
    private void run() {
        int seen = signals.get();
        long pause = 0;
        try {
            pause = advance();
        } catch (RuntimeException e) {
            fail(e);
            return;
        }
        if (pause > 0) {
            submit(pause);
        } else if (!signals.compareAndSet(seen, 0)) {
            submit(0);
        }
    }

    /** Tells as much as can be told now. Returns after how many milliseconds to go on by itself; 0 for never. */
    private long advance() {
        while (reader.isReady() && !reader.isCancelled()) {
            RuntimeException end = ending;
            if (end != null) {
                throw end;
            }
            if (last < missedUntil) {
                if (!kept.isComplete(missedUntil)) {
                    return CATCH_UP_MILLIS;
                }
                tellMissed();
            } else if (!tellNext()) {
                return 0;
            }
        }
        return 0;
    }

    private void tellMissed() {
        List<Notification> missed = kept.read(user, last, missedUntil, PAGE);
        missed.forEach(this::tell);
        if (missed.size() < PAGE) {
            last = Math.max(last, missedUntil);
        }
    }

    /** Returns whether there may be more. */
    private boolean tellNext() {
        Notification next;
        synchronized (this) {
            if (overflown) {
                next = null;
            } else if (live.isEmpty()) {
                return false;
            } else {
                next = live.remove();
            }
        }
        if (next == null) {
            OptionalLong position = tail.join(this);
            missedUntil = position.orElse(missedUntil);
        } else if (next.getPosition() > last) {
            tell(next);
        }
        return true;
    }

    private void tell(Notification notification) {
        reader.onNext(notification);
        last = notification.getPosition();
    }

    /** Ends the stream: the reader may come back later, or to another instance. */
    void end(RuntimeException reason) {
        ending = reason;
        signal();
    }

    /** No run follows this one: {@link #signals} stays as it is. */
    private void fail(RuntimeException reason) {
        tail.leave(this);
        if (!reader.isCancelled()) {
            reader.onError(reason);
        }
    }

    private void submit(long delayMillis) {
        try {
            executor.schedule(this::run, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("Notifications are being shut down", e);
        }
    }
}
