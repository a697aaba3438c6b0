package io.metachat.axon.eventstoredb.internal;

import com.eventstore.dbclient.RecordedEvent;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one consumer's own subscription has received and the consumer has not yet taken; bounded.
 *
 * <p>When it is full the subscription waits until half of it is taken: waiting for one place at a time would cost a
 * change of threads for every event.
 */
final class CatchUp implements AllSubscription.Sink {

    /** An event, or a position up to which there is none. */
    record Item(long position, @Nullable RecordedEvent event) {}

    private final int capacity;
    private final Runnable onNews;
    private final Queue<Item> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final Object space = new Object();
    private volatile boolean closed;

    /** @param onNews called whenever there is something new */
    CatchUp(int capacity, Runnable onNews) {
        this.capacity = capacity;
        this.onNews = onNews;
    }

    @Nullable
    Item peek() {
        return queue.peek();
    }

    /** Takes the item that {@link #peek()} gave. */
    void remove() {
        queue.remove();
        if (size.decrementAndGet() == capacity / 2) {
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
    public void onEvent(RecordedEvent event) {
        put(new Item(AllReader.commit(event), event));
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
        int waiting = size.incrementAndGet();
        onNews.run();
        if (waiting >= capacity) {
            awaitSpace();
        }
    }

    /** Waiting here is what slows the server down. */
    private void awaitSpace() {
        try {
            synchronized (space) {
                while (!closed && size.get() > capacity / 2) {
                    TimeUnit.SECONDS.timedWait(space, 1);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a consumer was slow", e);
        }
    }
}
