package io.metachat.embedded.eventstoredb.internal.read;

import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.stream.StreamAcl;
import java.time.Clock;

/** Where readers begin: opens sources and tells what of a stream is visible. */
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

    /** The revision that the stream's next event gets, also where the stream is soft-deleted. */
    public long nextRevision(String stream) {
        return reader.lastRevision(stream) + 1;
    }

    /** Who may do what with the stream, as far as its metadata says. */
    public StreamAcl acl(String stream) {
        return views.metadata(stream).acl();
    }

    /** The lowest revision that a reader of the stream can see; everything is below it when nothing can be seen. */
    public long firstVisible(String stream) {
        return view(stream) instanceof StreamView.Visible visible ? visible.first() : Long.MAX_VALUE;
    }

    /** From the given revision on, that one included. */
    public EventSource stream(String stream, Direction direction, long start, boolean followLinks) {
        return new StreamSource(reader, views, links, stream, direction, start, followLinks);
    }

    /** Forwards from the given position, that one included; backwards from below it. */
    public EventSource all(
            Direction direction, long start, EventFilter filter, Checkpoints checkpoints, boolean followLinks) {
        return new AllSource(reader, links, direction, start, filter, checkpoints, followLinks);
    }
}
