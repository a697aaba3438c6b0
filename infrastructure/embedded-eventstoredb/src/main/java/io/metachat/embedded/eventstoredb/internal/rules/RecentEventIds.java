package io.metachat.embedded.eventstoredb.internal.rules;

import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The places of the most recent events, by event id. It recognises a repeated write without an exact expected revision.
 * It is bounded and lost on a restart, as in EventStoreDB. Confined to the writer's thread.
 */
public final class RecentEventIds {

    private final Map<UUID, Place> places;

    public RecentEventIds(int capacity) {
        places = new LinkedHashMap<>(1024) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Place> eldest) {
                return size() > capacity;
            }
        };
    }

    public void remember(StoredEvent event) {
        // Removed first, so that a reused id becomes the youngest.
        places.remove(event.id());
        places.put(event.id(), new Place(event.stream(), event.revision(), event.position()));
    }

    @Nullable
    Place find(UUID id, String stream) {
        Place place = places.get(id);
        return place != null && place.stream().equals(stream) ? place : null;
    }

    public void forgetAll() {
        places.clear();
    }

    record Place(String stream, long revision, long position) {}
}
