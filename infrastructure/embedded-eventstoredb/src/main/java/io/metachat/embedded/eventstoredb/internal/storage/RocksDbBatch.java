package io.metachat.embedded.eventstoredb.internal.storage;

import java.util.function.Function;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** A batch of RocksDB, with a column family for each space. */
final class RocksDbBatch implements KeyValueStore.Batch {

    private final WriteBatch writes = new WriteBatch();
    private final Function<Space, ColumnFamilyHandle> families;

    RocksDbBatch(Function<Space, ColumnFamilyHandle> families) {
        this.families = families;
    }

    WriteBatch writes() {
        return writes;
    }

    @Override
    public void put(Space space, byte[] key, byte[] value) {
        try {
            writes.put(families.apply(space), key, value);
        } catch (RocksDBException failure) {
            throw RocksDbStore.failed("stage a write", failure);
        }
    }

    @Override
    public void delete(Space space, byte[] key) {
        try {
            writes.delete(families.apply(space), key);
        } catch (RocksDBException failure) {
            throw RocksDbStore.failed("stage a deletion", failure);
        }
    }

    @Override
    public void close() {
        writes.close();
    }
}
