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
 * One consumer's view of {@code $all}: on its own subscription while it is behind, on the shared feed once it is near
 * the end, and back when the feed has overtaken it.
 *
 * <p>Read by one thread at a time; woken, watched and closed by others.
 */
public final class ConsumerStream implements TrackingEventStream {

    private static final Logger logger = LoggerFactory.getLogger(ConsumerStream.class);
    private static final long JOIN_RECHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Runnable NO_CALLBACK = () -> {};

    private final EventFeed feed;
    private final long opened;
    private final Object monitor = new Object();
    private final Runnable onNews = this::wake;
    private final Queue<TrackedEventMessage<?>> messages = new ArrayDeque<>();

    /** The last event handed out, or a later position before which there is nothing more. */
    private volatile long position;

    private volatile LiveFeed.@Nullable Node tail;
    private @Nullable CatchUp catchUp;
    private @Nullable AllSubscription subscription;
    private volatile Runnable onAvailable = NO_CALLBACK;
    private volatile long handedOut;
    private volatile Instant lastStored = Instant.now();
    private volatile boolean waiting;
    private volatile boolean closed;

    ConsumerStream(EventFeed feed, long after) {
        this.feed = feed;
        this.opened = after;
        this.position = after;
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

    /** Supported: the callback comes now, and then whenever there is something new. */
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
        synchronized (monitor) {
            leaveFeed();
            stopCatchingUp();
            monitor.notifyAll();
        }
        feed.closed(this);
    }

    /** Whether the consumer shares the live feed. */
    public boolean isTailing() {
        return tail != null;
    }

    /**
     * How many events the store has after the one that the consumer is at. Counted while it shares the live feed; while
     * it is catching up, estimated from the distance in the log, by the size of the events it has passed so far.
     */
    public long eventsBehind() {
        LiveFeed.Node node = tail;
        if (node != null) {
            return feed.live().after(node);
        }
        long received;
        synchronized (monitor) {
            received = catchUp == null ? 0 : catchUp.size();
        }
        long passed = position - opened;
        long distance = Math.max(0, feed.live().head() - position);
        return passed > 0 && handedOut > 0
                ? Math.max(received, Math.round((double) distance * handedOut / passed))
                : received;
    }

    /**
     * How long the next event has been in the store; zero for a consumer that waits for events. Until it is known, how
     * old the last one is, or for how long the stream has been open without any.
     */
    public Duration lag(Instant now) {
        if (feed.live().hasBegun() && position >= feed.live().head()) {
            return Duration.ZERO;
        }
        Instant since = nextStored().orElse(lastStored);
        return since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
    }

    /** When the next event was stored, as far as it has been received. */
    private Optional<Instant> nextStored() {
        LiveFeed.Node node = tail;
        StoredEvent next;
        if (node != null) {
            LiveFeed.Node following = node.next();
            next = following == null ? null : following.event();
        } else {
            synchronized (monitor) {
                CatchUp.Item item = catchUp == null ? null : catchUp.peek();
                next = item == null ? null : item.event();
            }
        }
        return Optional.ofNullable(next).map(StoredEvent::created);
    }

    /** Lets go of events that the feed has dropped, so that a consumer that stands still holds no memory. */
    void leaveFeedIfOvertaken() {
        synchronized (monitor) {
            LiveFeed.Node node = tail;
            if (node != null && feed.live().hasOvertaken(node)) {
                leaveFeed();
            }
        }
    }

    /** Moves to the next event that has messages, if it is there. */
    private boolean fill() {
        while (messages.isEmpty() && !closed) {
            List<TrackedEventMessage<?>> next = next();
            if (next == null) {
                return false;
            }
            messages.addAll(next);
        }
        return !messages.isEmpty();
    }

    /** The messages of the next event; none of a position that only moves; null when there is nothing yet. */
    private @Nullable List<TrackedEventMessage<?>> next() {
        LiveFeed.Node shared;
        CatchUp.Item own;
        synchronized (monitor) {
            if (closed) {
                return null;
            }
            shared = nextShared();
            own = shared == null && tail == null ? nextOwn() : null;
        }
        // Upcasting and deserializing are the application's code: not while holding the monitor.
        if (shared != null) {
            List<TrackedEventMessage<?>> made = shared.messages(feed.messages());
            advance(shared.position(), shared.event());
            synchronized (monitor) {
                if (tail != null) {
                    tail = shared;
                }
            }
            return made;
        }
        if (own == null) {
            return null;
        }
        StoredEvent event = own.event();
        List<TrackedEventMessage<?>> made =
                event == null ? List.of() : feed.messages().of(event);
        advance(own.position(), event);
        synchronized (monitor) {
            if (catchUp != null) {
                catchUp.remove();
            }
        }
        return made;
    }

    private void advance(long to, @Nullable StoredEvent event) {
        position = Math.max(position, to);
        if (event != null) {
            handedOut++;
            lastStored = event.created();
        }
    }

    private LiveFeed.@Nullable Node nextShared() {
        LiveFeed.Node node = tail;
        if (node != null && feed.live().hasOvertaken(node)) {
            leaveFeed();
            node = null;
        }
        if (node == null) {
            node = joinFeed();
        }
        LiveFeed.Node next = node == null ? null : node.next();
        // A consumer can be ahead of a feed that has just begun again.
        while (next != null && next.position() <= position) {
            tail = next;
            next = next.next();
        }
        return next;
    }

    private LiveFeed.@Nullable Node joinFeed() {
        LiveFeed.Node node = feed.live().join(position);
        if (node != null) {
            stopCatchingUp();
            tail = node;
            feed.live().addConsumer(onNews);
        }
        return node;
    }

    private void leaveFeed() {
        tail = null;
        feed.live().removeConsumer(onNews);
    }

    private CatchUp.@Nullable Item nextOwn() {
        CatchUp receiving = catchUp;
        if (receiving == null) {
            receiving = feed.newCatchUp(onNews);
            catchUp = receiving;
            subscription = feed.subscribe(position, receiving);
        }
        return receiving.peek();
    }

    private void stopCatchingUp() {
        if (subscription != null) {
            feed.unsubscribe(subscription);
            subscription = null;
        }
        if (catchUp != null) {
            catchUp.close();
            catchUp = null;
        }
    }

    private void await(long nanos) throws InterruptedException {
        synchronized (monitor) {
            waiting = true;
            try {
                if (!hasNews() && !closed) {
                    // A consumer that is catching up also looks now and then whether it can join the feed.
                    TimeUnit.NANOSECONDS.timedWait(monitor, tail != null ? nanos : Math.min(nanos, JOIN_RECHECK_NANOS));
                }
            } finally {
                waiting = false;
            }
        }
    }

    private boolean hasNews() {
        LiveFeed.Node node = tail;
        if (node != null) {
            return node.next() != null;
        }
        CatchUp receiving = catchUp;
        return receiving == null || !receiving.isEmpty();
    }

    private void wake() {
        // Who waits says so first and then looks for news; who brings news does it in the other order. No event is paid
        // for with a lock while the consumer is busy.
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
            // The consumer's own failure; the feed goes on for the others.
            logger.warn("A consumer's callback failed", e);
        }
    }
}
