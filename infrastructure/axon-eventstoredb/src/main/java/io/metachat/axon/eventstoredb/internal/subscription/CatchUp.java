package io.metachat.axon.eventstoredb.internal.subscription;

import io.metachat.axon.eventstoredb.internal.codec.StoredEvent;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * A bounded buffer between one consumer and its own subscription.
 *
 * <p>When it is full, the subscription blocks until the consumer has taken half of it. Waiting for a single free slot would
 * cost a thread switch for each event.
 */
final class CatchUp implements AllSubscription.Sink {

    /** An event, or a position up to which there is no event. */
    record Item(long position, @Nullable StoredEvent event) implements Received {

        @Override
        public List<TrackedEventMessage<?>> messages(MessageDecoder decoder) {
            return event == null ? List.of() : decoder.decode(event);
        }

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

    /** @param onNews called after each new item */
    CatchUp(int capacity, long maxBytes, Runnable onNews) {
        this.capacity = capacity;
        this.maxBytes = maxBytes;
        this.onNews = onNews;
    }

    @Nullable
    Item peek() {
        return queue.peek();
    }

    /** Removes the item that {@link #peek()} returned. */
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

    /** Blocks the subscription's thread, which slows the server down. */
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
