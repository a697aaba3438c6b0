package io.metachat.embedded.eventstoredb.internal.log;

import io.metachat.embedded.eventstoredb.internal.storage.KeyValueStore;
import io.metachat.embedded.eventstoredb.internal.storage.Space;
import io.metachat.embedded.eventstoredb.internal.stream.Revisions;
import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks up stored events, regardless of their visibility by metadata. Thread-safe. Every result is a consistent
 * snapshot of durable events.
 */
public final class EventReader {

    /** The maximum size of a page, so that a few readers cannot exhaust the memory. */
    private static final int PAGE_BYTES = 1 << 20;

    private final KeyValueStore store;

    public EventReader(KeyValueStore store) {
        this.store = store;
    }

    public Optional<StoredEvent> at(long position) {
        byte[] value = store.get(Space.EVENTS, Keys.ofPosition(position));
        return value == null ? Optional.empty() : Optional.of(EventCodec.decode(position, value));
    }

    public Optional<StoredEvent> at(String stream, long revision) {
        byte[] position = store.get(Space.STREAMS, Keys.ofRevision(stream, revision));
        return position == null ? Optional.empty() : at(Keys.positionIn(position));
    }

    public boolean exists(long position) {
        return store.get(Space.EVENTS, Keys.ofPosition(position)) != null;
    }

    /** Returns the first stream in index order. */
    public Optional<String> firstStream() {
        return streamAt(new byte[0]);
    }

    /** Returns the next stream in index order. */
    public Optional<String> streamAfter(String stream) {
        byte[] last = Keys.ofRevision(stream, Long.MAX_VALUE);
        return streamAt(Arrays.copyOf(last, last.length + 1));
    }

    /** Returns the stream's last revision, {@link Revisions#NONE} or {@link Revisions#TOMBSTONE}. */
    public long lastRevision(String stream) {
        byte[] highest = Keys.ofRevision(stream, Long.MAX_VALUE);
        try (KeyValueStore.Cursor cursor = store.cursor(Space.STREAMS)) {
            cursor.seekForPrevious(highest);
            return cursor.isValid() && Keys.sameStream(cursor.key(), highest)
                    ? Keys.revisionIn(cursor.key())
                    : Revisions.NONE;
        }
    }

    public boolean isTombstoned(String stream) {
        return lastRevision(stream) == Revisions.TOMBSTONE;
    }

    /** Returns the index entries of a stream between two revisions (inclusive), ascending. */
    public List<StreamEntry> forwards(String stream, long from, long to, int limit) {
        byte[] start = Keys.ofRevision(stream, from);
        List<StreamEntry> entries = new ArrayList<>(Math.min(limit, 64));
        try (KeyValueStore.Cursor cursor = store.cursor(Space.STREAMS)) {
            cursor.seek(start);
            while (entries.size() < limit && isWithin(cursor, start, from, to)) {
                entries.add(entry(cursor));
                cursor.next();
            }
        }
        return entries;
    }

    /** Returns the index entries of a stream between two revisions (inclusive), descending. */
    public List<StreamEntry> backwards(String stream, long from, long to, int limit) {
        byte[] start = Keys.ofRevision(stream, from);
        List<StreamEntry> entries = new ArrayList<>(Math.min(limit, 64));
        try (KeyValueStore.Cursor cursor = store.cursor(Space.STREAMS)) {
            cursor.seekForPrevious(start);
            while (entries.size() < limit && isWithin(cursor, start, to, from)) {
                entries.add(entry(cursor));
                cursor.previous();
            }
        }
        return entries;
    }

    /** Returns events at or above the given position, ascending. */
    public List<StoredEvent> allForwards(long position, int limit) {
        List<StoredEvent> events = new ArrayList<>(Math.min(limit, 64));
        try (KeyValueStore.Cursor cursor = store.cursor(Space.EVENTS)) {
            cursor.seek(Keys.ofPosition(position));
            int bytes = 0;
            while (events.size() < limit && bytes < PAGE_BYTES && cursor.isValid()) {
                bytes += add(events, cursor);
                cursor.next();
            }
        }
        return events;
    }

    /** Returns events strictly below the given position, descending. */
    public List<StoredEvent> allBackwards(long position, int limit) {
        List<StoredEvent> events = new ArrayList<>(Math.min(limit, 64));
        if (position <= 0) {
            return events;
        }
        try (KeyValueStore.Cursor cursor = store.cursor(Space.EVENTS)) {
            cursor.seekForPrevious(Keys.ofPosition(position - 1));
            int bytes = 0;
            while (events.size() < limit && bytes < PAGE_BYTES && cursor.isValid()) {
                bytes += add(events, cursor);
                cursor.previous();
            }
        }
        return events;
    }

    private Optional<String> streamAt(byte[] key) {
        try (KeyValueStore.Cursor cursor = store.cursor(Space.STREAMS)) {
            cursor.seek(key);
            return cursor.isValid() ? Optional.of(Keys.streamIn(cursor.key())) : Optional.empty();
        }
    }

    private static int add(List<StoredEvent> events, KeyValueStore.Cursor cursor) {
        byte[] value = cursor.value();
        events.add(EventCodec.decode(Keys.positionIn(cursor.key()), value));
        return value.length;
    }

    private static boolean isWithin(KeyValueStore.Cursor cursor, byte[] start, long lowest, long highest) {
        if (!cursor.isValid() || !Keys.sameStream(cursor.key(), start)) {
            return false;
        }
        long revision = Keys.revisionIn(cursor.key());
        return revision >= lowest && revision <= highest;
    }

    private static StreamEntry entry(KeyValueStore.Cursor cursor) {
        return new StreamEntry(Keys.revisionIn(cursor.key()), Keys.positionIn(cursor.value()));
    }

    /** A revision of a stream, and the position of its event. */
    public record StreamEntry(long revision, long position) {}
}
