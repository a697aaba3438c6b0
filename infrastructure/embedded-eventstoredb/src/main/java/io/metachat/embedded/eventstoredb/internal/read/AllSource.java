package io.metachat.embedded.eventstoredb.internal.read;

import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import java.util.ArrayList;
import java.util.List;

/** A source that reads the whole log. */
final class AllSource implements EventSource {

    private final EventReader reader;
    private final Links links;
    private final Direction direction;
    private final EventFilter filter;
    private final Checkpoints checkpoints;
    private final boolean followLinks;

    /** Forwards the lowest unread position, backwards the lowest position already read. */
    private long next;

    AllSource(
            EventReader reader,
            Links links,
            Direction direction,
            long start,
            EventFilter filter,
            Checkpoints checkpoints,
            boolean followLinks) {
        this.reader = reader;
        this.links = links;
        this.direction = direction;
        this.next = start;
        this.filter = filter;
        this.checkpoints = checkpoints;
        this.followLinks = followLinks;
    }

    @Override
    public Page next(int limit) {
        List<StoredEvent> events =
                direction == Direction.FORWARDS ? reader.allForwards(next, limit) : reader.allBackwards(next, limit);
        List<ReadItem> items = new ArrayList<>(events.size());
        for (StoredEvent event : events) {
            next = direction == Direction.FORWARDS ? event.position() + 1 : event.position();
            if (filter.passes(event)) {
                items.add(new ReadItem.Event(links.resolve(event, followLinks)));
            }
            if (checkpoints.isDueAfterNext()) {
                items.add(new ReadItem.Checkpoint(event.position()));
            }
        }
        return new Page(items, events.isEmpty());
    }
}
