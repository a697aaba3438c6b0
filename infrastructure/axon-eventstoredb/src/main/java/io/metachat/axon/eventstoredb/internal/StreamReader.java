package io.metachat.axon.eventstoredb.internal;

import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.ResolvedEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads single streams. A stream that does not exist has no events; a tombstoned one fails. */
public final class StreamReader {

    private final Calls calls;
    private final int pageSize;

    public StreamReader(Calls calls, int pageSize) {
        this.calls = calls;
        this.pageSize = pageSize;
    }

    /** The events from this revision on, fetched page by page as the stream is consumed. */
    public Stream<RecordedEvent> forwards(String stream, long fromRevision) {
        return PagedIterator.toTheEnd(
                after -> page(
                        stream,
                        ReadStreamOptions.get()
                                .forwards()
                                .fromRevision(after == null ? fromRevision : after.getRevision() + 1)
                                .maxCount(pageSize)),
                pageSize);
    }

    /** At most this many of the last events, latest first. */
    public List<RecordedEvent> last(String stream, int count) {
        return page(stream, ReadStreamOptions.get().backwards().fromEnd().maxCount(count));
    }

    /** The event at this revision, or the first after it when it was truncated. */
    public Optional<RecordedEvent> at(String stream, long revision) {
        return page(
                        stream,
                        ReadStreamOptions.get()
                                .forwards()
                                .fromRevision(revision)
                                .maxCount(1))
                .stream()
                .findFirst();
    }

    /** The last revision of the stream. */
    public Optional<Long> lastRevision(String stream) {
        return last(stream, 1).stream().map(RecordedEvent::getRevision).findFirst();
    }

    private List<RecordedEvent> page(String stream, ReadStreamOptions options) {
        try {
            return calls.read("read stream", client -> client.readStreamReactive(stream, options)).stream()
                    .map(ResolvedEvent::getOriginalEvent)
                    .toList();
        } catch (CallFailedException e) {
            if (e.failure() == Failure.NOT_FOUND) {
                return List.of();
            }
            throw e.translated(stream);
        }
    }
}
