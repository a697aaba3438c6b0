package io.metachat.embedded.eventstoredb.internal.storage;

import java.util.concurrent.locks.Lock;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** A cursor of RocksDB. It keeps the store open until the cursor is closed. */
final class RocksDbCursor implements KeyValueStore.Cursor {

    private final RocksIterator iterator;
    private final Lock lifetime;

    /** @param lifetime held by the caller; the cursor releases it */
    RocksDbCursor(RocksIterator iterator, Lock lifetime) {
        this.iterator = iterator;
        this.lifetime = lifetime;
    }

    @Override
    public void seek(byte[] key) {
        iterator.seek(key);
    }

    @Override
    public void seekForPrevious(byte[] key) {
        iterator.seekForPrev(key);
    }

    @Override
    public void next() {
        iterator.next();
    }

    @Override
    public void previous() {
        iterator.prev();
    }

    /** A failed read also makes an iterator invalid; without the check it would look like the end of the data. */
    @Override
    public boolean isValid() {
        if (iterator.isValid()) {
            return true;
        }
        try {
            iterator.status();
            return false;
        } catch (RocksDBException failure) {
            throw RocksDbStore.failed("read", failure);
        }
    }

    @Override
    public byte[] key() {
        return iterator.key();
    }

    @Override
    public byte[] value() {
        return iterator.value();
    }

    @Override
    public void close() {
        iterator.close();
        lifetime.unlock();
    }
}
