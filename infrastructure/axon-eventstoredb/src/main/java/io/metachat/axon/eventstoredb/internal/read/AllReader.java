package io.metachat.axon.eventstoredb.internal.read;

import com.eventstore.dbclient.ReadAllOptions;
import io.metachat.axon.eventstoredb.StreamNames;
import io.metachat.axon.eventstoredb.internal.codec.EventCodec;
import io.metachat.axon.eventstoredb.internal.codec.Positions;
import io.metachat.axon.eventstoredb.internal.codec.StoredEvent;
import io.metachat.axon.eventstoredb.internal.connection.CallFailedException;
import io.metachat.axon.eventstoredb.internal.connection.Calls;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code $all}. The client has no filtered read, so events that consumers do not receive are filtered here.
 *
 * <p>All positions are those of records: the server refuses to read from a position between two records.
 */
public final class AllReader {

    private static final int HEAD_PAGE = 16;
    private static final int NEXT_HEAD_PAGE = 512;
    private static final int SEARCH_PAGE = 1024;

    /** How many pages are searched for an event that consumers receive, before the very last position is used instead. */
    private static final int HEAD_PAGES = 8;

    private final Calls calls;
    private final StreamNames names;
    private final int pageSize;

    public AllReader(Calls calls, StreamNames names, int pageSize) {
        this.calls = calls;
        this.names = names;
        this.pageSize = pageSize;
    }

    /** Returns the consumed events after this position. At the end, its iterator may be polled again later. */
    public Stream<StoredEvent> after(long position) {
        return PagedIterator.following(last -> forwards(last == null ? position : last.position(), pageSize), pageSize)
                .filter(this::isConsumed);
    }

    /**
     * Returns the position of the last event that consumers receive; empty when there is none. When a long stretch of
     * other events is at the head, returns the position of the very last event.
     */
    public OptionalLong head() {
        StoredEvent last = null;
        @Nullable Long from = null;
        for (int page = 0; page < HEAD_PAGES; page++) {
            int count = page == 0 ? HEAD_PAGE : NEXT_HEAD_PAGE;
            List<StoredEvent> events = backwards(from, count);
            for (StoredEvent event : events) {
                if (isConsumed(event)) {
                    return OptionalLong.of(event.position());
                }
                last = last == null ? event : last;
                from = event.position();
            }
            if (events.size() < count) {
                return OptionalLong.empty();
            }
        }
        return last == null ? OptionalLong.empty() : OptionalLong.of(last.position());
    }

    /**
     * Returns the position of the last record before the first consumed event published at this instant or later; empty
     * when there is no such record.
     */
    public OptionalLong before(Instant instant, TimeIndex index, EventCodec codec) {
        long position = index.before(instant);
        int count = Math.max(pageSize, SEARCH_PAGE);
        while (true) {
            List<StoredEvent> page = forwards(position, count);
            for (StoredEvent event : page) {
                if (isConsumed(event)) {
                    Instant published = codec.decodeTracked(event).getTimestamp();
                    if (!published.isBefore(instant)) {
                        return position == Positions.START ? OptionalLong.empty() : OptionalLong.of(position);
                    }
                    index.passed(event.position(), published);
                }
                position = event.position();
            }
            if (page.size() < count) {
                return position == Positions.START ? OptionalLong.empty() : OptionalLong.of(position);
            }
        }
    }

    boolean isConsumed(StoredEvent event) {
        return names.isConsumed(event.stream()) && !event.isSystemEvent();
    }

    /** Returns {@code count} events after the position, fewer at the end. */
    private List<StoredEvent> forwards(long after, int count) {
        if (after == Positions.START) {
            return read(ReadAllOptions.get().forwards().fromStart().maxCount(count));
        }
        List<StoredEvent> events = read(ReadAllOptions.get()
                .forwards()
                .fromPosition(Positions.toClient(after))
                .maxCount(count + 1L));
        return !events.isEmpty() && events.get(0).position() == after ? events.subList(1, events.size()) : events;
    }

    private List<StoredEvent> backwards(@Nullable Long before, int count) {
        ReadAllOptions options = ReadAllOptions.get().backwards().maxCount(count);
        return read(before == null ? options.fromEnd() : options.fromPosition(Positions.toClient(before)));
    }

    private List<StoredEvent> read(ReadAllOptions options) {
        try {
            return calls.read("read $all", client -> client.readAllReactive(options)).stream()
                    .map(resolved -> StoredEvent.of(resolved.getOriginalEvent()))
                    .toList();
        } catch (CallFailedException e) {
            throw e.translated("$all");
        }
    }
}
