package io.metachat.embedded.eventstoredb.internal.read;

import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.stream.StreamAcl;
import java.time.Clock;

/** Opens sources, and returns the visible range of streams. */
public final class Reads {

    private final EventReader reader;
    private final StreamViews views;
    private final Links links;

    public Reads(EventReader reader, Clock clock) {
        this.reader = reader;
        views = new StreamViews(reader, clock);
        links = new Links(reader, views);
    }

    public StreamView view(String stream) {
        return views.of(stream);
    }

    /** Returns the revision of the stream's next event, even if the stream is soft-deleted. */
    public long nextRevision(String stream) {
        return reader.lastRevision(stream) + 1;
    }

    /** Returns the access control list from the stream's metadata. */
    public StreamAcl acl(String stream) {
        return views.metadata(stream).acl();
    }

    /** Returns the lowest visible revision of the stream. It exceeds every revision if nothing is visible. */
    public long firstVisible(String stream) {
        return view(stream) instanceof StreamView.Visible visible ? visible.first() : Long.MAX_VALUE;
    }

    /** Opens a source from the given revision (inclusive). */
    public EventSource stream(String stream, Direction direction, long start, boolean followLinks) {
        return new StreamSource(reader, views, links, stream, direction, start, followLinks);
    }

    /** Opens a source of the whole log: forwards from the given position (inclusive), backwards from below it. */
    public EventSource all(
            Direction direction, long start, EventFilter filter, Checkpoints checkpoints, boolean followLinks) {
        return new AllSource(reader, links, direction, start, filter, checkpoints, followLinks);
    }
}
