package io.metachat.axon.eventstoredb.internal;

import com.eventstore.dbclient.RecordedEvent;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What one consumer's own subscription has received and the consumer has not yet taken; bounded. */
final class CatchUp implements AllSubscription.Sink {

    private static final long CLOSED_RECHECK_MILLIS = 50;

    /** An event, or a position up to which there is none. */
    record Item(long position, @Nullable RecordedEvent event) {}

    private final BlockingQueue<Item> queue;
    private final Runnable onNews;
    private volatile boolean closed;

    /** @param onNews called whenever there is something new */
    CatchUp(int capacity, Runnable onNews) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.onNews = onNews;
    }

    @Nullable
    Item peek() {
        return queue.peek();
    }

    @Nullable
    Item poll() {
        return queue.poll();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int size() {
        return queue.size();
    }

    void close() {
        closed = true;
        queue.clear();
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
        try {
            while (!closed && !queue.offer(item, CLOSED_RECHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                // Full: waiting here is what slows the server down.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a consumer was slow", e);
        }
        onNews.run();
    }
}
