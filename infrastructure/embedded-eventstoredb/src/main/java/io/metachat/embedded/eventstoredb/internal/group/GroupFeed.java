package io.metachat.embedded.eventstoredb.internal.group;

import io.metachat.embedded.eventstoredb.internal.read.EventSource;
import io.metachat.embedded.eventstoredb.internal.read.Page;
import io.metachat.embedded.eventstoredb.internal.read.ReadItem;
import io.metachat.embedded.eventstoredb.internal.read.ResolvedEvent;
import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import io.metachat.embedded.eventstoredb.internal.stream.StreamNames;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The order in which a group delivers: retries first, then new events of its source. Used under the group's lock. */
final class GroupFeed {

    private final GroupId id;
    private final int batchSize;
    private final EventSource source;
    private final Progress progress;
    private final Deque<Delivery> retries = new ArrayDeque<>();
    private final Deque<ReadItem> readAhead = new ArrayDeque<>();

    GroupFeed(GroupId id, int batchSize, EventSource source, Progress progress) {
        this.id = id;
        this.batchSize = Math.max(1, batchSize);
        this.source = source;
        this.progress = progress;
    }

    /** Delivers this next, before everything else. */
    void putBack(Delivery delivery) {
        retries.addFirst(delivery);
    }

    /** Delivers this after the retries that wait already. */
    void retryLater(Delivery delivery) {
        retries.add(delivery);
    }

    int waitingRetries() {
        return retries.size();
    }

    /** Returns the next delivery, or null when there is nothing to deliver now. */
    @Nullable
    Delivery next() {
        Delivery retry = retries.poll();
        return retry != null ? retry : nextOfSource();
    }

    private @Nullable Delivery nextOfSource() {
        while (true) {
            ReadItem item = readAhead.poll();
            if (item == null) {
                Page page = source.next(batchSize);
                readAhead.addAll(page.items());
                if (page.items().isEmpty() && page.atEnd()) {
                    return null;
                }
            } else if (item instanceof ReadItem.Checkpoint checkpoint) {
                progress.skipped(checkpoint.position());
            } else {
                Delivery delivery = first(((ReadItem.Event) item).resolved());
                if (delivery != null) {
                    return delivery;
                }
            }
        }
    }

    private @Nullable Delivery first(ResolvedEvent event) {
        StoredEvent original = event.original();
        boolean all = id.stream().equals(StreamNames.ALL);
        long order = all ? original.position() : original.revision();
        if (all && original.stream().contains(GroupId.STREAM_PREFIX)) {
            // A group on $all must skip the groups' own streams. Otherwise each checkpoint would cause the next one.
            progress.skipped(order);
            return null;
        }
        progress.read(order);
        return new Delivery(event, order, 0);
    }
}
