package io.metachat.embedded.eventstoredb.internal.read;

import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.stream.Revisions;
import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import io.metachat.embedded.eventstoredb.internal.stream.StreamMetadata;
import io.metachat.embedded.eventstoredb.internal.stream.StreamNames;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Applies a stream's metadata to find its visible events. */
public final class StreamViews {

    private final EventReader reader;
    private final Clock clock;

    public StreamViews(EventReader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    public StreamView of(String stream) {
        long last = reader.lastRevision(stream);
        if (last == Revisions.TOMBSTONE || isMetadataOfTombstoned(stream)) {
            return new StreamView.Deleted();
        }
        if (last == Revisions.NONE) {
            return new StreamView.NotFound();
        }
        StreamMetadata metadata = metadata(stream);
        return metadata.isSoftDeleted()
                ? new StreamView.NotFound()
                : new StreamView.Visible(firstVisible(stream, last, metadata), last);
    }

    public StreamMetadata metadata(String stream) {
        if (StreamNames.isMetadata(stream)) {
            return StreamMetadata.OF_METADATA_STREAMS;
        }
        String metadataStream = StreamNames.metadataOf(stream);
        long last = reader.lastRevision(metadataStream);
        return last == Revisions.NONE || last == Revisions.TOMBSTONE
                ? StreamMetadata.NONE
                : reader.at(metadataStream, last)
                        .map(event -> StreamMetadata.parse(event.data()))
                        .orElse(StreamMetadata.NONE);
    }

    private boolean isMetadataOfTombstoned(String stream) {
        return StreamNames.isMetadata(stream) && reader.isTombstoned(StreamNames.describedBy(stream));
    }

    private long firstVisible(String stream, long last, StreamMetadata metadata) {
        long first = 0;
        if (metadata.truncateBefore() != null) {
            first = metadata.truncateBefore();
        }
        if (metadata.maxCount() != null && last >= metadata.maxCount()) {
            first = Math.max(first, last - metadata.maxCount() + 1);
        }
        return metadata.maxAge() == null
                ? first
                : firstYoungerThan(stream, first, last, clock.instant().minus(metadata.maxAge()));
    }

    /** Finds the border with a binary search, because time never decreases within a stream. */
    private long firstYoungerThan(String stream, long from, long last, Instant oldest) {
        long low = from;
        long high = last + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (isOlder(stream, middle, last, oldest)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** A scavenged revision is treated like the next existing one. */
    private boolean isOlder(String stream, long revision, long last, Instant oldest) {
        List<EventReader.StreamEntry> next = reader.forwards(stream, revision, last, 1);
        return next.isEmpty()
                || reader.at(next.get(0).position())
                        .map(StoredEvent::created)
                        .map(created -> created.isBefore(oldest))
                        .orElse(true);
    }
}
