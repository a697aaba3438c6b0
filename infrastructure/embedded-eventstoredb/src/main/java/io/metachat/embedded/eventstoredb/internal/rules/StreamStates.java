package io.metachat.embedded.eventstoredb.internal.rules;

import com.google.protobuf.ByteString;
import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.stream.Revisions;
import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import io.metachat.embedded.eventstoredb.internal.stream.StreamMetadata;
import io.metachat.embedded.eventstoredb.internal.stream.StreamNames;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The writer's view of the streams: stored events plus the events staged in the current commit group. Bounded, and
 * confined to the writer's thread.
 */
public final class StreamStates {

    private final EventReader reader;
    private final Map<String, StreamState> states;

    public StreamStates(EventReader reader, int capacity) {
        this.reader = reader;
        states = new LinkedHashMap<>(1024, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, StreamState> eldest) {
                return size() > capacity;
            }
        };
    }

    public StreamState of(String stream) {
        StreamState known = states.get(stream);
        if (known != null) {
            return known;
        }
        StreamState loaded = load(stream);
        states.put(stream, loaded);
        return loaded;
    }

    /** Records an event that will be stored with the current group. */
    public void staged(StoredEvent event) {
        String stream = event.stream();
        states.put(stream, of(stream).withLastRevision(event.revision()));
        if (StreamNames.isMetadata(stream) && event.revision() != Revisions.TOMBSTONE) {
            String described = StreamNames.describedBy(stream);
            states.put(described, of(described).withMetadata(event.revision(), ifSoftDeleted(event.data())));
        }
    }

    /** Records one more entry in an index stream. */
    public void indexed(String index) {
        StreamState state = of(index);
        states.put(index, state.withLastRevision(state.lastRevision() + 1));
    }

    /** Forgets all states, after a failed commit: staged events may or may not be stored. */
    public void forgetAll() {
        states.clear();
    }

    private StreamState load(String stream) {
        long last = reader.lastRevision(stream);
        if (StreamNames.isMetadata(stream)) {
            return new StreamState(last, Revisions.NONE, null);
        }
        String metadataStream = StreamNames.metadataOf(stream);
        long metadataRevision = reader.lastRevision(metadataStream);
        ByteString deletedMetadata = metadataRevision == Revisions.NONE
                ? null
                : reader.at(metadataStream, metadataRevision)
                        .map(event -> ifSoftDeleted(event.data()))
                        .orElse(null);
        return new StreamState(last, metadataRevision, deletedMetadata);
    }

    private static @Nullable ByteString ifSoftDeleted(ByteString metadata) {
        return StreamMetadata.parse(metadata).isSoftDeleted() ? metadata : null;
    }
}
