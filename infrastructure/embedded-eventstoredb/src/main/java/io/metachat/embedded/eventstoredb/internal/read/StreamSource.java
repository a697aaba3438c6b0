package io.metachat.embedded.eventstoredb.internal.read;

import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.stream.StandardIndexes;
import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A source that reads one stream. */
final class StreamSource implements EventSource {

    /** The maximum size of a page, so that a few readers cannot exhaust the memory. */
    private static final int PAGE_BYTES = 1 << 20;

    private final EventReader reader;
    private final StreamViews views;
    private final Links links;
    private final String stream;
    private final Direction direction;
    private final boolean followLinks;

    /** The next revision to read; negative after a backwards read has passed the beginning. */
    private long next;

    StreamSource(
            EventReader reader,
            StreamViews views,
            Links links,
            String stream,
            Direction direction,
            long start,
            boolean followLinks) {
        this.reader = reader;
        this.views = views;
        this.links = links;
        this.stream = stream;
        this.direction = direction;
        this.next = start;
        this.followLinks = followLinks;
    }

    @Override
    public Page next(int limit) {
        StreamView view = views.of(stream);
        if (view instanceof StreamView.Deleted) {
            throw new StreamDeletedException(stream);
        }
        return view instanceof StreamView.Visible visible ? page(visible, limit) : Page.NOTHING_MORE;
    }

    private Page page(StreamView.Visible visible, int limit) {
        List<EventReader.StreamEntry> entries = direction == Direction.FORWARDS
                ? reader.forwards(stream, Math.max(next, visible.first()), visible.last(), limit)
                : reader.backwards(stream, Math.min(next, visible.last()), visible.first(), limit);
        List<ReadItem> items = new ArrayList<>(entries.size());
        int bytes = 0;
        for (EventReader.StreamEntry entry : entries) {
            if (bytes >= PAGE_BYTES) {
                return new Page(items, false);
            }
            Optional<StoredEvent> event = reader.at(entry.position());
            if (event.isPresent()) {
                bytes += event.get().data().size() + event.get().metadata().size();
                items.add(new ReadItem.Event(resolve(entry.revision(), event.get())));
            }
            next = direction == Direction.FORWARDS ? entry.revision() + 1 : entry.revision() - 1;
        }
        return new Page(items, entries.size() < limit);
    }

    private ResolvedEvent resolve(long revision, StoredEvent event) {
        return StandardIndexes.isIndexStream(stream)
                ? links.indexed(stream, revision, event, followLinks)
                : links.resolve(event, followLinks);
    }
}
