package io.metachat.embedded.eventstoredb.internal.upkeep;

import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.log.Keys;
import io.metachat.embedded.eventstoredb.internal.storage.KeyValueStore;
import io.metachat.embedded.eventstoredb.internal.storage.Space;
import io.metachat.embedded.eventstoredb.internal.stream.StandardIndexes;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Permanently removes events that no reader of a stream can see: truncated, expired and deleted events, with their
 * index entries. The last event of a stream stays, so that revisions are never reused. Reads and writes may continue
 * meanwhile.
 */
public final class Scavenge {

    private static final int STEP = 1_000;

    private final KeyValueStore store;
    private final EventReader reader;
    private final ToLongFunction<String> firstVisible;
    private long removed;

    /** @param firstVisible returns the lowest visible revision of a stream; lower ones are removed */
    public Scavenge(KeyValueStore store, EventReader reader, ToLongFunction<String> firstVisible) {
        this.store = store;
        this.reader = reader;
        this.firstVisible = firstVisible;
    }

    /** @return the number of removed events */
    public long run() {
        forEachStream(stream -> {
            if (!StandardIndexes.isIndexStream(stream)) {
                removeInvisible(stream);
            }
        });
        forEachStream(stream -> {
            if (StandardIndexes.isIndexStream(stream)) {
                removeDangling(stream);
            }
        });
        store.compact();
        return removed;
    }

    private void forEachStream(Consumer<String> action) {
        Optional<String> stream = reader.firstStream();
        while (stream.isPresent()) {
            action.accept(stream.get());
            stream = reader.streamAfter(stream.get());
        }
    }

    private void removeInvisible(String stream) {
        long last = reader.lastRevision(stream);
        long keepFrom = Math.min(firstVisible.applyAsLong(stream), last);
        List<EventReader.StreamEntry> step;
        do {
            step = reader.forwards(stream, 0, keepFrom - 1, STEP);
            try (KeyValueStore.Batch batch = store.newBatch()) {
                for (EventReader.StreamEntry entry : step) {
                    batch.delete(Space.STREAMS, Keys.ofRevision(stream, entry.revision()));
                    batch.delete(Space.EVENTS, Keys.ofPosition(entry.position()));
                }
                store.write(batch);
            }
            removed += step.size();
        } while (step.size() == STEP);
    }

    private void removeDangling(String indexStream) {
        long last = reader.lastRevision(indexStream);
        long next = 0;
        List<EventReader.StreamEntry> step;
        do {
            step = reader.forwards(indexStream, next, last - 1, STEP);
            try (KeyValueStore.Batch batch = store.newBatch()) {
                for (EventReader.StreamEntry entry : step) {
                    if (!reader.exists(entry.position())) {
                        batch.delete(Space.STREAMS, Keys.ofRevision(indexStream, entry.revision()));
                    }
                    next = entry.revision() + 1;
                }
                store.write(batch);
            }
        } while (step.size() == STEP);
    }
}
