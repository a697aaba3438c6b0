package io.metachat.axon.eventstoredb.internal.subscription;

import io.metachat.axon.eventstoredb.internal.codec.Positions;
import io.metachat.axon.eventstoredb.internal.codec.StoredEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * The recent end of {@code $all}, received once and shared by all consumers that are near it.
 *
 * <p>A bounded linked list: the feed appends, consumers follow the links at their own pace without locks. Who is
 * overtaken by the list's end reads on its own and comes back. The feed never waits for a consumer.
 */
final class LiveFeed implements AllSubscription.Sink {

    /** An event, or at first only the position after which the feed begins. */
    static final class Node {

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

        long position() {
            return position;
        }

        private long bytes() {
            return event == null ? 0 : event.bytes();
        }

        StoredEvent event() {
            if (event == null) {
                throw new IllegalStateException("The first node of a feed carries no event");
            }
            return event;
        }

        /** The event's messages, made by the first consumer to ask and shared by the others. */
        synchronized List<TrackedEventMessage<?>> messages(MessageDecoder maker) {
            List<TrackedEventMessage<?>> made = messages;
            if (made == null) {
                made = maker.of(event());
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

    /** Of the events after the oldest node; touched by the subscription only. */
    private long bytes;

    LiveFeed(int capacity, long maxBytes) {
        this.capacity = capacity;
        this.maxBytes = maxBytes;
    }

    /** From here on every event is in the feed. */
    void begin(long after) {
        Node first = new Node(0, after, null);
        oldest = first;
        newest = first;
    }

    boolean hasBegun() {
        return oldest != null;
    }

    /** The last node at or before the position, or null when events after the position may have left the feed. */
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

    /** Whether events after this node may have left the feed. */
    boolean hasOvertaken(Node node) {
        Node first = oldest;
        return first != null && node.index < first.index;
    }

    /** How many events the feed has after this node. */
    long after(Node node) {
        Node last = newest;
        return last == null ? 0 : last.index - node.index;
    }

    /** The last event that the store has told of, or where the feed began; before everything until it has begun. */
    long head() {
        Node last = newest;
        return last == null ? Positions.START : last.position;
    }

    /** Calls this whenever there is something new. */
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

    /** The last event stays, whatever its size. */
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
        // Consumers' positions are those of events; there is nothing to tell them.
    }
}
