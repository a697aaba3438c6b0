package io.metachat.axon.eventstoredb.internal.append;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.Position;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.StreamMetadata;
import com.eventstore.dbclient.WriteResult;
import io.metachat.axon.eventstoredb.AppendTooLargeException;
import io.metachat.axon.eventstoredb.internal.connection.CallFailedException;
import io.metachat.axon.eventstoredb.internal.connection.Calls;
import io.metachat.axon.eventstoredb.internal.connection.Failure;
import io.metachat.axon.eventstoredb.internal.connection.ReadCollector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Appends events to one stream at a time, and safely repeats appends of unknown outcome. */
public final class EventAppender {

    /** The server counts two bytes for each character of a type name. */
    private static final int BYTES_PER_TYPE_CHARACTER = 2;

    /** The client adds its trace and span identifiers to the metadata of every event. */
    private static final int CLIENT_METADATA_BYTES = 128;

    /** How many events other writers may append between an attempt and its repetition. */
    private static final int LOOK_BACK = 512;

    private static final long SNAPSHOTS_KEPT = 2;
    private static final int SNAPSHOTS_BETWEEN_METADATA_CHECKS = 16;

    private final Calls calls;
    private final long maxAppendBytes;

    public EventAppender(Calls calls, long maxAppendBytes) {
        this.calls = calls;
        this.maxAppendBytes = maxAppendBytes;
    }

    /**
     * Appends the events atomically. An attempt of unknown outcome is repeated with the same event ids and the same
     * expected revision; if the first attempt succeeded, the server returns its result. Without an expected revision the
     * server only has recent ids, in memory. In that case the end of the stream is searched before the repetition.
     *
     * @return the commit position of the last event; empty when the server omits it, which it may for a repetition
     * @throws AppendTooLargeException before anything is sent
     * @throws CallFailedException when the server refused, or the outcome is still unknown after all retries
     */
    public OptionalLong append(String stream, ExpectedRevision expected, List<EventData> events) {
        requireSize(stream, events);
        long start = System.nanoTime();
        OptionalLong position = expected.equals(ExpectedRevision.any())
                ? appendAnywhere(stream, events)
                : position(write(stream, expected, events).getLogPosition());
        calls.observer().appended(events.size(), Duration.ofNanos(System.nanoTime() - start));
        return position;
    }

    private OptionalLong appendAnywhere(String stream, List<EventData> events) {
        AtomicBoolean sentBefore = new AtomicBoolean();
        UUID lastId = events.get(events.size() - 1).getEventId();
        return calls.retrying("append", client -> {
            if (!sentBefore.getAndSet(true)) {
                return send(client, stream, events);
            }
            return find(client, stream, lastId)
                    .thenCompose(found -> found.isPresent()
                            ? CompletableFuture.completedFuture(
                                    position(found.get().getPosition()))
                            : send(client, stream, events));
        });
    }

    private CompletableFuture<OptionalLong> send(EventStoreDBClient client, String stream, List<EventData> events) {
        return client.appendToStream(stream, options(ExpectedRevision.any()), events.iterator())
                .thenApply(written -> position(written.getLogPosition()));
    }

    /** Searches the end of the stream for the event. */
    private static CompletableFuture<Optional<RecordedEvent>> find(EventStoreDBClient client, String stream, UUID id) {
        return ReadCollector.collect(client.readStreamReactive(
                        stream, ReadStreamOptions.get().backwards().fromEnd().maxCount(LOOK_BACK)))
                .handle((events, failure) -> {
                    if (failure == null) {
                        return events.stream()
                                .map(ResolvedEvent::getOriginalEvent)
                                .filter(event -> event.getEventId().equals(id))
                                .findFirst();
                    }
                    if (Failure.of(failure) == Failure.NOT_FOUND) {
                        return Optional.empty();
                    }
                    throw new CompletionException(failure);
                });
    }

    /** An unknown position is {@code ulong.MaxValue} on the wire, which is negative here. */
    private static OptionalLong position(@Nullable Position position) {
        return position == null || position.getCommitUnsigned() < 0
                ? OptionalLong.empty()
                : OptionalLong.of(position.getCommitUnsigned());
    }

    /** Appends a snapshot and ensures that its stream keeps only the last few. */
    public void appendSnapshot(String stream, EventData snapshot) {
        requireSize(stream, List.of(snapshot));
        long revision = write(stream, ExpectedRevision.any(), List.of(snapshot))
                .getNextExpectedRevision()
                .toRawLong();
        // With the first snapshot, and again periodically in case the process ended between the two writes.
        if (revision % SNAPSHOTS_BETWEEN_METADATA_CHECKS == 0) {
            keepFewSnapshots(stream);
        }
    }

    /** Makes the first, slow call of a connection without writing events. */
    public void warmUp(String stream) {
        write(stream, ExpectedRevision.any(), List.of());
    }

    private void keepFewSnapshots(String stream) {
        StreamMetadata metadata = new StreamMetadata();
        metadata.setMaxCount(SNAPSHOTS_KEPT);
        try {
            calls.retrying(
                    "set stream metadata",
                    client -> client.setStreamMetadata(stream, options(ExpectedRevision.noStream()), metadata));
        } catch (CallFailedException e) {
            if (e.failure() != Failure.WRONG_REVISION) {
                throw e;
            }
            // Set already.
        }
    }

    private WriteResult write(String stream, ExpectedRevision expected, List<EventData> events) {
        return calls.retrying("append", client -> client.appendToStream(stream, options(expected), events.iterator()));
    }

    private AppendToStreamOptions options(ExpectedRevision expected) {
        return AppendToStreamOptions.get()
                .expectedRevision(expected)
                .deadline(calls.timeout().toMillis());
    }

    private void requireSize(String stream, List<EventData> events) {
        long size = events.stream().mapToLong(EventAppender::size).sum();
        if (size > maxAppendBytes) {
            throw new AppendTooLargeException(stream, events.size(), size, maxAppendBytes);
        }
    }

    private static long size(EventData event) {
        return (long) event.getEventData().length
                + event.getUserMetadata().length
                + CLIENT_METADATA_BYTES
                + (long) event.getEventType().length() * BYTES_PER_TYPE_CHARACTER;
    }
}
