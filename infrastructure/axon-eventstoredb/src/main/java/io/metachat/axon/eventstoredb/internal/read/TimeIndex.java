package io.metachat.axon.eventstoredb.internal.read;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.ReadStreamOptions;
import io.metachat.axon.eventstoredb.internal.codec.Positions;
import io.metachat.axon.eventstoredb.internal.codec.StoredEvent;
import io.metachat.axon.eventstoredb.internal.connection.CallFailedException;
import io.metachat.axon.eventstoredb.internal.connection.Calls;
import io.metachat.axon.eventstoredb.internal.connection.Failure;
import io.metachat.axon.eventstoredb.internal.connection.ReadCollector;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the position of an instant in {@code $all} in few reads.
 *
 * <p>{@code $all} can only be read from the positions of records, so a binary search over it is impossible. A stream can be
 * searched, because its revisions are numbers. So every writer, and every search of an unmarked stretch, periodically
 * records in one stream which position was reached when. Marks are written in the background and may be missing; a search
 * then reads more events.
 */
public final class TimeIndex {

    private static final Logger log = LoggerFactory.getLogger(TimeIndex.class);
    private static final String TYPE = "axon-time-mark";

    /** The distance of marks in bytes of the log: a few thousand events. */
    private static final long INTERVAL = 1024 * 1024;

    /** A position, the time it was reached, and the revision of this mark. */
    record Mark(long revision, long position, Instant timestamp) {

        static final Mark NONE = new Mark(-1, -INTERVAL, Instant.MIN);
    }

    /** A mark in its stored form. */
    record Stored(long position, String timestamp) {}

    private final Calls calls;
    private final StreamReader streams;
    private final String stream;
    private final boolean writes;
    private final JsonMapper mapper = new JsonMapper();
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile @Nullable Mark last;

    public TimeIndex(Calls calls, StreamReader streams, String stream, boolean writes) {
        this.calls = calls;
        this.streams = streams;
        this.stream = stream;
        this.writes = writes;
    }

    /** Marks this position when the last mark is far enough behind; does not block. */
    public void passed(long position, Instant timestamp) {
        Mark known = last;
        if (known != null && position - known.position() < INTERVAL) {
            return;
        }
        if (writes && writing.compareAndSet(false, true)) {
            (known == null ? load() : append(known, position, timestamp)).whenComplete((mark, failure) -> {
                // Most likely another writer was faster; load the latest mark next time.
                last = failure == null ? mark : null;
                writing.set(false);
                if (failure != null) {
                    log.debug("Could not write a time mark ({})", Failure.reason(failure));
                }
            });
        }
    }

    /** Returns a position shortly before the first event of this instant or later. */
    long before(Instant instant) {
        Mark latest = latest(streams.last(stream, 1));
        if (latest.revision() < 0) {
            return Positions.START;
        }
        long earlier = latest.timestamp().isBefore(instant) ? latest.revision() : lastBefore(instant, latest);
        // One mark earlier, because the clocks of writers differ slightly.
        return earlier < 1
                ? Positions.START
                : Math.max(Positions.START, at(earlier - 1).position());
    }

    /** Returns the revision of the last mark before the instant, -1 for none; {@code notBefore} is not before it. */
    private long lastBefore(Instant instant, Mark notBefore) {
        long before = -1;
        long after = notBefore.revision();
        while (after - before > 1) {
            long middle = before + (after - before) / 2;
            if (at(middle).timestamp().isBefore(instant)) {
                before = middle;
            } else {
                after = middle;
            }
        }
        return before;
    }

    private Mark at(long revision) {
        return streams.at(stream, revision).map(this::decode).orElse(Mark.NONE);
    }

    private CompletableFuture<Mark> load() {
        return calls.async(client -> ReadCollector.collect(client.readStreamReactive(
                        stream, ReadStreamOptions.get().backwards().fromEnd().maxCount(1))))
                .handle((events, failure) -> {
                    if (failure == null) {
                        return latest(events.stream()
                                .map(resolved -> StoredEvent.of(resolved.getOriginalEvent()))
                                .toList());
                    }
                    if (Failure.of(failure) == Failure.NOT_FOUND) {
                        return Mark.NONE;
                    }
                    throw new CallFailedException("read time index", failure);
                });
    }

    private Mark latest(List<StoredEvent> events) {
        return events.isEmpty() ? Mark.NONE : decode(events.get(0));
    }

    private CompletableFuture<Mark> append(Mark after, long position, Instant timestamp) {
        // Timestamps must not decrease, otherwise binary search would fail.
        Mark mark = new Mark(
                after.revision() + 1, position, timestamp.isBefore(after.timestamp()) ? after.timestamp() : timestamp);
        ExpectedRevision expected = after.revision() < 0
                ? ExpectedRevision.noStream()
                : ExpectedRevision.expectedRevision(after.revision());
        byte[] data = mapper.writeValueAsBytes(
                new Stored(mark.position(), mark.timestamp().toString()));
        EventData event = EventData.builderAsJson(UUID.randomUUID(), TYPE, data).build();
        return calls.async(client -> client.appendToStream(
                        stream, AppendToStreamOptions.get().expectedRevision(expected), event))
                .thenApply(written -> mark);
    }

    private Mark decode(StoredEvent event) {
        try {
            Stored stored = mapper.readValue(event.data(), Stored.class);
            return new Mark(event.revision(), stored.position(), Instant.parse(stored.timestamp()));
        } catch (JacksonException e) {
            throw new IllegalStateException("Event " + event.revision() + " of " + stream + " is not a time mark", e);
        }
    }
}
