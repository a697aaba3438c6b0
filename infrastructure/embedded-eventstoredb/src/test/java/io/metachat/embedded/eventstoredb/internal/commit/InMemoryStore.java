package io.metachat.embedded.eventstoredb.internal.commit;

import io.metachat.embedded.eventstoredb.internal.storage.KeyValueStore;
import io.metachat.embedded.eventstoredb.internal.storage.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A store without a disk, so that thousands of histories can be tried in seconds. */
class InMemoryStore implements KeyValueStore {

    private final Map<Space, ConcurrentNavigableMap<byte[], byte[]>> spaces = new EnumMap<>(Space.class);

    InMemoryStore() {
        for (Space space : Space.values()) {
            spaces.put(space, new ConcurrentSkipListMap<>(Arrays::compareUnsigned));
        }
    }

    @Override
    public byte @Nullable [] get(Space space, byte[] key) {
        return map(space).get(key);
    }

    @Override
    public Cursor cursor(Space space) {
        return new MapCursor(map(space));
    }

    @Override
    public Batch newBatch() {
        return new MapBatch();
    }

    @Override
    public void write(Batch batch) {
        ((MapBatch) batch).changes.forEach(Runnable::run);
    }

    @Override
    public void reopen() {
        // Nothing is ever uncertain here.
    }

    @Override
    public void compact() {
        // Nothing is left behind here.
    }

    @Override
    public long estimatedKeys(Space space) {
        return map(space).size();
    }

    @Override
    public void verifyChecksums() {
        // There are none.
    }

    @Override
    public void close() {
        // What was written stays, as on a disk.
    }

    private ConcurrentNavigableMap<byte[], byte[]> map(Space space) {
        ConcurrentNavigableMap<byte[], byte[]> map = spaces.get(space);
        if (map == null) {
            throw new IllegalArgumentException("no such space");
        }
        return map;
    }

    private final class MapBatch implements Batch {
        private final List<Runnable> changes = new ArrayList<>();

        @Override
        public void put(Space space, byte[] key, byte[] value) {
            changes.add(() -> map(space).put(key, value));
        }

        @Override
        public void delete(Space space, byte[] key) {
            changes.add(() -> map(space).remove(key));
        }

        @Override
        public void close() {
            changes.clear();
        }
    }

    private static final class MapCursor implements Cursor {
        private final ConcurrentNavigableMap<byte[], byte[]> map;
        private Map.@Nullable Entry<byte[], byte[]> entry;

        private MapCursor(ConcurrentNavigableMap<byte[], byte[]> map) {
            this.map = map;
        }

        @Override
        public void seek(byte[] key) {
            entry = map.ceilingEntry(key);
        }

        @Override
        public void seekForPrevious(byte[] key) {
            entry = map.floorEntry(key);
        }

        @Override
        public void next() {
            entry = map.higherEntry(key());
        }

        @Override
        public void previous() {
            entry = map.lowerEntry(key());
        }

        @Override
        public boolean isValid() {
            return entry != null;
        }

        @Override
        public byte[] key() {
            return current(Map.Entry::getKey);
        }

        @Override
        public byte[] value() {
            return current(Map.Entry::getValue);
        }

        @Override
        public void close() {
            entry = null;
        }

        private byte[] current(Function<Map.Entry<byte[], byte[]>, byte[]> part) {
            if (entry == null) {
                throw new IllegalStateException("the cursor is nowhere");
            }
            return part.apply(entry);
        }
    }
}
