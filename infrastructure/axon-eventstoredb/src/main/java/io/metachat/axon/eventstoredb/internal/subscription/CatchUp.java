package io.metachat.axon.eventstoredb.internal.subscription;

import io.metachat.axon.eventstoredb.internal.codec.StoredEvent;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What one consumer's own subscription has received and the consumer has not yet taken; bounded.
 *
 * <p>When it is full the subscription waits until half of it is taken: waiting for one place at a time would cost a
 * change of threads for every event.
 */
final class CatchUp implements AllSubscription.Sink {

    /** An event, or a position up to which there is none. */
    record Item(long position, @Nullable StoredEvent event) {

        private long bytes() {
            return event == null ? 0 : event.bytes();
        }
    }

    private final int capacity;
    private final long maxBytes;
    private final Runnable onNews;
    private final Queue<Item> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final Object space = new Object();
    private volatile boolean full;
    private volatile boolean closed;

    /** @param onNews called whenever there is something new */
    CatchUp(int capacity, long maxBytes, Runnable onNews) {
        this.capacity = capacity;
        this.maxBytes = maxBytes;
        this.onNews = onNews;
    }

    @Nullable
    Item peek() {
        return queue.peek();
    }

    /** Takes the item that {@link #peek()} gave. */
    void remove() {
        Item taken = queue.remove();
        size.decrementAndGet();
        bytes.addAndGet(-taken.bytes());
        if (full && !isMoreThan(capacity / 2, maxBytes / 2)) {
            synchronized (space) {
                space.notifyAll();
            }
        }
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int size() {
        return size.get();
    }

    void close() {
        closed = true;
        synchronized (space) {
            space.notifyAll();
        }
    }

    @Override
    public void onEvent(StoredEvent event) {
        put(new Item(event.position(), event));
    }

    @Override
    public void onPosition(long position) {
        put(new Item(position, null));
    }

    private void put(Item item) {
        if (closed) {
            return;
        }
        queue.add(item);
        size.incrementAndGet();
        bytes.addAndGet(item.bytes());
        onNews.run();
        if (isMoreThan(capacity - 1, maxBytes)) {
            awaitSpace();
        }
    }

    private boolean isMoreThan(int events, long ofBytes) {
        return size.get() > events || bytes.get() > ofBytes;
    }

    /** Waiting here is what slows the server down. */
    private void awaitSpace() {
        try {
            synchronized (space) {
                full = true;
                while (!closed && isMoreThan(capacity / 2, maxBytes / 2)) {
                    TimeUnit.SECONDS.timedWait(space, 1);
                }
                full = false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a consumer was slow", e);
        }
    }
}
