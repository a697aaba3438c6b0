package io.metachat.axon.eventstoredb.internal.subscription;

import io.metachat.axon.eventstoredb.internal.codec.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer's stream of {@code $all}.
 *
 * <p>Read by one thread at a time; woken, watched and closed by others.
 */
public final class ConsumerStream implements TrackingEventStream {

    private static final Logger log = LoggerFactory.getLogger(ConsumerStream.class);
    private static final long JOIN_RECHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Runnable NO_CALLBACK = () -> {};

    private final EventFeed feed;
    private final long opened;
    private final Object monitor = new Object();
    private final FeedCursor cursor;
    private final Queue<TrackedEventMessage<?>> messages = new ArrayDeque<>();

    /** The last event handed out, or a later position before which there is no other event. */
    private volatile long position;

    private volatile Runnable onAvailable = NO_CALLBACK;
    private volatile long handedOut;
    private volatile Instant lastStored = Instant.now();
    private volatile boolean waiting;
    private volatile boolean closed;

    ConsumerStream(EventFeed feed, long after) {
        this.feed = feed;
        this.opened = after;
        this.position = after;
        this.cursor = new FeedCursor(feed, this::wake);
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        fill();
        return Optional.ofNullable(messages.peek());
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        while (!fill()) {
            long remaining = deadline - System.nanoTime();
            if (remaining <= 0 || closed) {
                return false;
            }
            await(remaining);
        }
        return true;
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        while (!hasNextAvailable(Integer.MAX_VALUE, TimeUnit.MILLISECONDS)) {
            if (closed) {
                throw new IllegalStateException("The stream is closed");
            }
        }
        return messages.remove();
    }

    /** Supported: the callback is called immediately, and then after each event that arrives. */
    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        onAvailable = callback;
        call(callback);
        return true;
    }

    @Override
    public void close() {
        closed = true;
        onAvailable = NO_CALLBACK;
        cursor.close();
        synchronized (monitor) {
            monitor.notifyAll();
        }
        feed.closed(this);
    }

    /** Returns whether the consumer shares the live feed. */
    public boolean isTailing() {
        return cursor.isTailing();
    }

    /**
     * Returns how many events the store has after the consumer's position. Counted on the live feed; estimated while the
     * consumer catches up, from the distance in the log and the size of the events it has passed so far.
     */
    public long eventsBehind() {
        long arrived = cursor.arrived();
        if (cursor.isTailing()) {
            return arrived;
        }
        long passed = position - opened;
        long distance = Math.max(0, feed.live().head() - position);
        return passed > 0 && handedOut > 0
                ? Math.max(arrived, Math.round((double) distance * handedOut / passed))
                : arrived;
    }

    /**
     * Returns how long the next event has been in the store; zero for a consumer that waits for events. Until the next
     * event has arrived, returns the age of the last one, or how long the stream has been open without any.
     */
    public Duration lag(Instant now) {
        if (feed.live().hasBegun() && position >= feed.live().head()) {
            return Duration.ZERO;
        }
        StoredEvent next = cursor.peek();
        Instant since = next == null ? lastStored : next.created();
        return since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
    }

    void leaveFeedIfOvertaken() {
        cursor.leaveFeedIfOvertaken();
    }

    /** Moves to the next event that has messages, if it has arrived. */
    private boolean fill() {
        while (messages.isEmpty() && !closed) {
            Received next = cursor.next(position);
            if (next == null) {
                return false;
            }
            // Not while holding the cursor's lock: this runs the application's upcasters and serializer.
            List<TrackedEventMessage<?>> decoded = next.messages(feed.messages());
            advance(next.position(), next.event());
            cursor.moveTo(next);
            messages.addAll(decoded);
        }
        return !messages.isEmpty();
    }

    private void advance(long to, @Nullable StoredEvent event) {
        position = Math.max(position, to);
        if (event != null) {
            handedOut++;
            lastStored = event.created();
        }
    }

    private void await(long nanos) throws InterruptedException {
        synchronized (monitor) {
            waiting = true;
            try {
                if (!cursor.hasNews() && !closed) {
                    // A consumer that catches up also checks periodically whether it can join the feed.
                    long recheck = cursor.isTailing() ? nanos : Math.min(nanos, JOIN_RECHECK_NANOS);
                    TimeUnit.NANOSECONDS.timedWait(monitor, recheck);
                }
            } finally {
                waiting = false;
            }
        }
    }

    private void wake() {
        // The waiter sets `waiting` before it checks for news; the producer publishes before it reads `waiting`. This
        // avoids a lock per event.
        if (waiting) {
            synchronized (monitor) {
                monitor.notifyAll();
            }
        }
        call(onAvailable);
    }

    private static void call(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            // The consumer's own failure must not stop the feed for the others.
            log.warn("A consumer's callback failed", e);
        }
    }
}
