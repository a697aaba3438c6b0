package io.metachat.axon.eventstoredb.internal.subscription;

import io.metachat.axon.eventstoredb.internal.codec.StoredEvent;
import org.jspecify.annotations.Nullable;

/**
 * Where one consumer reads: on its own subscription while it catches up, on the shared feed once it is near the end, and
 * back on its own when the feed has overtaken it.
 *
 * <p>Moved by one thread at a time; watched and closed by others.
 */
final class FeedCursor {

    private final EventFeed feed;
    private final Runnable onNews;

    private volatile LiveFeed.@Nullable Node tail;
    private @Nullable CatchUp catchUp;
    private @Nullable AllSubscription subscription;
    private boolean closed;

    /** @param onNews called after each event that arrives */
    FeedCursor(EventFeed feed, Runnable onNews) {
        this.feed = feed;
        this.onNews = onNews;
    }

    /** Returns whether the consumer shares the live feed. */
    boolean isTailing() {
        return tail != null;
    }

    /** Returns the next item after the position; null when none has arrived. It stays next until {@link #moveTo}. */
    synchronized @Nullable Received next(long position) {
        if (closed) {
            return null;
        }
        LiveFeed.Node shared = nextShared(position);
        return shared == null && tail == null ? nextOwn(position) : shared;
    }

    /** Moves past the item that {@link #next} returned. */
    synchronized void moveTo(Received item) {
        if (item instanceof LiveFeed.Node node) {
            if (tail != null) {
                tail = node;
            }
        } else if (catchUp != null) {
            catchUp.remove();
        }
    }

    synchronized boolean hasNews() {
        LiveFeed.Node node = tail;
        if (node != null) {
            return node.next() != null;
        }
        return catchUp == null || !catchUp.isEmpty();
    }

    /** Returns how many items have arrived and not been read. */
    synchronized long arrived() {
        LiveFeed.Node node = tail;
        if (node != null) {
            return feed.live().after(node);
        }
        return catchUp == null ? 0 : catchUp.size();
    }

    /** Returns the next event, if it has arrived. */
    synchronized @Nullable StoredEvent peek() {
        LiveFeed.Node node = tail;
        Received next = node != null ? node.next() : catchUp == null ? null : catchUp.peek();
        return next == null ? null : next.event();
    }

    /** Releases events that the feed has dropped, so that an idle consumer retains no memory. */
    synchronized void leaveFeedIfOvertaken() {
        LiveFeed.Node node = tail;
        if (node != null && feed.live().hasOvertaken(node)) {
            leaveFeed();
        }
    }

    synchronized void close() {
        closed = true;
        leaveFeed();
        stopCatchingUp();
    }

    private LiveFeed.@Nullable Node nextShared(long position) {
        leaveFeedIfOvertaken();
        LiveFeed.Node node = tail;
        if (node == null) {
            node = joinFeed(position);
        }
        LiveFeed.Node next = node == null ? null : node.next();
        // A consumer can be ahead of a feed that has just begun again.
        while (next != null && next.position() <= position) {
            tail = next;
            next = next.next();
        }
        return next;
    }

    private LiveFeed.@Nullable Node joinFeed(long position) {
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

    private CatchUp.@Nullable Item nextOwn(long position) {
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
}
