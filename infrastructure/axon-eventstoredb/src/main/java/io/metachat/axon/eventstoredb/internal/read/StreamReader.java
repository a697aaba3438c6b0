package io.metachat.axon.eventstoredb.internal.read;

import com.eventstore.dbclient.ReadStreamOptions;
import io.metachat.axon.eventstoredb.internal.codec.StoredEvent;
import io.metachat.axon.eventstoredb.internal.connection.CallFailedException;
import io.metachat.axon.eventstoredb.internal.connection.Calls;
import io.metachat.axon.eventstoredb.internal.connection.Failure;
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

    /** Returns the events from this revision on, fetched page by page as the stream is consumed. */
    public Stream<StoredEvent> forwards(String stream, long fromRevision) {
        return PagedIterator.toTheEnd(
                after -> page(
                        stream,
                        ReadStreamOptions.get()
                                .forwards()
                                .fromRevision(after == null ? fromRevision : after.revision() + 1)
                                .maxCount(pageSize)),
                pageSize);
    }

    /** Returns at most this many of the last events, latest first. */
    public List<StoredEvent> last(String stream, int count) {
        return page(stream, ReadStreamOptions.get().backwards().fromEnd().maxCount(count));
    }

    /** Returns the event at this revision, or the first after it when it was truncated. */
    public Optional<StoredEvent> at(String stream, long revision) {
        return page(
                        stream,
                        ReadStreamOptions.get()
                                .forwards()
                                .fromRevision(revision)
                                .maxCount(1))
                .stream()
                .findFirst();
    }

    /** Returns the last revision of the stream. */
    public Optional<Long> lastRevision(String stream) {
        return last(stream, 1).stream().map(StoredEvent::revision).findFirst();
    }

    private List<StoredEvent> page(String stream, ReadStreamOptions options) {
        try {
            return calls.read("read stream", client -> client.readStreamReactive(stream, options)).stream()
                    .map(resolved -> StoredEvent.of(resolved.getOriginalEvent()))
                    .toList();
        } catch (CallFailedException e) {
            if (e.failure() == Failure.NOT_FOUND) {
                return List.of();
            }
            throw e.translated(stream);
        }
    }
}
