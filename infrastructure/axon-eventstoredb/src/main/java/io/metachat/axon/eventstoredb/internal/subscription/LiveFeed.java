package io.metachat.axon.eventstoredb.internal.subscription;

import io.metachat.axon.eventstoredb.internal.codec.Positions;
import io.metachat.axon.eventstoredb.internal.codec.StoredEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * The most recent events of {@code $all}, received once and shared by all consumers near the end.
 *
 * <p>A bounded linked list. The feed appends, and consumers follow the links at their own pace without locks. A consumer
 * whose next event has left the list reads on a subscription of its own until it can join again. The feed never waits for a
 * consumer.
 */
final class LiveFeed implements AllSubscription.Sink {

    /** An event; for the first node, only the position after which the feed begins. */
    static final class Node implements Received {

        private final long index;
        private final long position;
        private final @Nullable StoredEvent event;
        private volatile @Nullable Node next;
        private @Nullable List<TrackedEventMessage<?>> messages;

        private Node(long index, long position, @Nullable StoredEvent event) {
            this.index = index;
            this.position = position;
            this.event = event;
        }

        @Nullable
        Node next() {
            return next;
        }

        long index() {
            return index;
        }

        @Override
        public long position() {
            return position;
        }

        private long bytes() {
            return event == null ? 0 : event.bytes();
        }

        @Override
        public StoredEvent event() {
            if (event == null) {
                throw new IllegalStateException("The first node of a feed carries no event");
            }
            return event;
        }

        /** Returns the event's messages, decoded by the first consumer and shared with the others. */
        @Override
        public synchronized List<TrackedEventMessage<?>> messages(MessageDecoder decoder) {
            List<TrackedEventMessage<?>> made = messages;
            if (made == null) {
                made = decoder.decode(event());
                messages = made;
            }
            return made;
        }
    }

    private final int capacity;
    private final long maxBytes;
    private final List<Runnable> consumers = new CopyOnWriteArrayList<>();
    private volatile @Nullable Node oldest;
    private volatile @Nullable Node newest;

    /** The size of the events after the oldest node; accessed by the subscription only. */
    private long bytes;

    LiveFeed(int capacity, long maxBytes) {
        this.capacity = capacity;
        this.maxBytes = maxBytes;
    }

    /** Starts the feed after this position. */
    void begin(long after) {
        Node first = new Node(0, after, null);
        oldest = first;
        newest = first;
    }

    boolean hasBegun() {
        return oldest != null;
    }

    /** Returns the last node at or before the position; null when events after the position may have left the feed. */
    @Nullable
    Node join(long position) {
        Node node = oldest;
        if (node == null || node.position > position) {
            return null;
        }
        for (Node next = node.next; next != null && next.position <= position; next = next.next) {
            node = next;
        }
        return node;
    }

    /** Returns whether events after this node may have left the feed. */
    boolean hasOvertaken(Node node) {
        Node first = oldest;
        return first != null && node.index < first.index;
    }

    /** Returns the number of events after this node. */
    long after(Node node) {
        Node last = newest;
        return last == null ? 0 : last.index - node.index;
    }

    /** Returns the position of the last received event, or of the feed's start; {@link Positions#START} until it has begun. */
    long head() {
        Node last = newest;
        return last == null ? Positions.START : last.position;
    }

    /** Registers a callback for each new event. */
    void addConsumer(Runnable onNews) {
        consumers.add(onNews);
    }

    void removeConsumer(Runnable onNews) {
        consumers.remove(onNews);
    }

    @Override
    public void onEvent(StoredEvent event) {
        Node last = newest;
        Node first = oldest;
        if (last == null || first == null) {
            throw new IllegalStateException("The feed has not begun");
        }
        Node node = new Node(last.index + 1, event.position(), event);
        last.next = node;
        newest = node;
        bytes += node.bytes();
        trim(first, node);
        consumers.forEach(Runnable::run);
    }

    /** Drops the oldest events. The last one stays, whatever its size. */
    private void trim(Node first, Node last) {
        Node node = first;
        Node next = node.next;
        while (next != null && next != last && (last.index - node.index > capacity || bytes > maxBytes)) {
            bytes -= next.bytes();
            node = next;
            next = node.next;
        }
        oldest = node;
    }

    @Override
    public void onPosition(long position) {
        // Positions of consumers are those of events.
    }
}
