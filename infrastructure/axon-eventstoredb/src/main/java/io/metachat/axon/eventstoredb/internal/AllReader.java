package io.metachat.axon.eventstoredb.internal;

import com.eventstore.dbclient.Position;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.ResolvedEvent;
import io.metachat.axon.eventstoredb.StreamNames;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code $all}. The client cannot ask for a filtered read, so what consumers do not get is left out here.
 *
 * <p>Positions are those of real records, always: the server refuses to read from anything in between.
 */
public final class AllReader {

    /** Before the first event. */
    public static final long START = -1;

    private static final int HEAD_PAGE = 16;
    private static final int NEXT_HEAD_PAGE = 512;
    private static final int SEARCH_PAGE = 1024;

    /** How far the head is searched for an event that consumers get, before any position there has to do. */
    private static final int HEAD_PAGES = 8;

    private final Calls calls;
    private final StreamNames names;
    private final int pageSize;

    public AllReader(Calls calls, StreamNames names, int pageSize) {
        this.calls = calls;
        this.names = names;
        this.pageSize = pageSize;
    }

    /** The consumed events after this position; at the end, its iterator may be asked again later. */
    public Stream<RecordedEvent> after(long position) {
        return PagedIterator.following(last -> forwards(last == null ? position : commit(last), pageSize), pageSize)
                .filter(this::isConsumed);
    }

    /**
     * The position of the last event that consumers get; empty when there is none. Where a long stretch of other events
     * is at the head, the position of the very last event.
     */
    public OptionalLong head() {
        RecordedEvent last = null;
        Position from = null;
        for (int page = 0; page < HEAD_PAGES; page++) {
            int count = page == 0 ? HEAD_PAGE : NEXT_HEAD_PAGE;
            List<RecordedEvent> events = backwards(from, count);
            for (RecordedEvent event : events) {
                if (isConsumed(event)) {
                    return OptionalLong.of(commit(event));
                }
                last = last == null ? event : last;
                from = event.getPosition();
            }
            if (events.size() < count) {
                return OptionalLong.empty();
            }
        }
        return last == null ? OptionalLong.empty() : OptionalLong.of(commit(last));
    }

    /**
     * The position of the last record before the first consumed event that was published at this instant or later;
     * empty when that is the very first record.
     */
    public OptionalLong before(Instant instant, TimeIndex index, EventCodec codec) {
        long position = index.before(instant);
        int count = Math.max(pageSize, SEARCH_PAGE);
        while (true) {
            List<RecordedEvent> page = forwards(position, count);
            for (RecordedEvent event : page) {
                if (isConsumed(event)) {
                    Instant published = codec.decodeTracked(Recorded.of(event)).getTimestamp();
                    if (!published.isBefore(instant)) {
                        return position == START ? OptionalLong.empty() : OptionalLong.of(position);
                    }
                    index.passed(commit(event), published);
                }
                position = commit(event);
            }
            if (page.size() < count) {
                return position == START ? OptionalLong.empty() : OptionalLong.of(position);
            }
        }
    }

    boolean isConsumed(RecordedEvent event) {
        return names.isConsumed(event.getStreamId()) && !isSystemEvent(event);
    }

    static boolean isSystemEvent(RecordedEvent event) {
        return event.getEventType().startsWith("$");
    }

    static long commit(RecordedEvent event) {
        return event.getPosition().getCommitUnsigned();
    }

    /** Exactly {@code count} events after the position unless the end is near. */
    private List<RecordedEvent> forwards(long after, int count) {
        if (after == START) {
            return read(ReadAllOptions.get().forwards().fromStart().maxCount(count));
        }
        List<RecordedEvent> events = read(ReadAllOptions.get()
                .forwards()
                .fromPosition(new Position(after, after))
                .maxCount(count + 1L));
        return !events.isEmpty() && commit(events.get(0)) == after ? events.subList(1, events.size()) : events;
    }

    private List<RecordedEvent> backwards(@Nullable Position before, int count) {
        ReadAllOptions options = ReadAllOptions.get().backwards().maxCount(count);
        return read(before == null ? options.fromEnd() : options.fromPosition(before));
    }

    private List<RecordedEvent> read(ReadAllOptions options) {
        try {
            return calls.read("read $all", client -> client.readAllReactive(options)).stream()
                    .map(ResolvedEvent::getOriginalEvent)
                    .toList();
        } catch (CallFailedException e) {
            throw e.translated("$all");
        }
    }
}
