package io.metachat.embedded.eventstoredb.internal.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/** A store on RocksDB: one directory, one column family per space, every batch synced to the write-ahead log. */
public final class RocksDbStore implements KeyValueStore {

    private final RocksDbTuning tuning = new RocksDbTuning();
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final List<ColumnFamilyHandle> families = new ArrayList<>();
    private final Path directory;

    /**
     * Using a released native handle crashes the JVM. Therefore every use holds the read lock, and close the write
     * lock.
     */
    private final ReadWriteLock lifetime = new ReentrantReadWriteLock();

    /** Null while the store is not open. */
    private @Nullable RocksDB database;

    private boolean closed;

    private RocksDbStore(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens or creates the store.
     *
     * @throws StorageException if the directory is in use by another process, not writable or damaged
     */
    public static RocksDbStore open(Path directory) {
        try {
            Files.createDirectories(directory);
            RocksDbLibrary.load(directory);
        } catch (IOException failure) {
            throw new StorageException("data directory " + directory + " cannot be written to", failure);
        }
        RocksDbStore store = new RocksDbStore(directory);
        try {
            store.openDatabase();
            return store;
        } catch (StorageException failure) {
            store.close();
            throw failure;
        }
    }

    @Override
    public byte @Nullable [] get(Space space, byte[] key) {
        lifetime.readLock().lock();
        try {
            return db().get(family(space), key);
        } catch (RocksDBException failure) {
            throw failed("read", failure);
        } finally {
            lifetime.readLock().unlock();
        }
    }

    @Override
    public Cursor cursor(Space space) {
        lifetime.readLock().lock();
        try {
            return new RocksDbCursor(db().newIterator(family(space)), lifetime.readLock());
        } catch (RuntimeException failure) {
            lifetime.readLock().unlock();
            throw failure;
        }
    }

    @Override
    public Batch newBatch() {
        return new RocksDbBatch(this::family);
    }

    @Override
    public void write(Batch batch) {
        lifetime.readLock().lock();
        try {
            db().write(synced, ((RocksDbBatch) batch).writes());
        } catch (RocksDBException failure) {
            throw failed("write", failure);
        } finally {
            lifetime.readLock().unlock();
        }
    }

    @Override
    public void reopen() {
        lifetime.writeLock().lock();
        try {
            if (closed) {
                throw new StorageException("the store is closed");
            }
            closeDatabase();
            try {
                openDatabase();
            } catch (StorageException failure) {
                openForReading(failure);
                throw failure;
            }
        } finally {
            lifetime.writeLock().unlock();
        }
    }

    @Override
    public void compact() {
        whileOpen("compact", db -> {
            for (ColumnFamilyHandle family : families) {
                db.compactRange(family);
            }
        });
    }

    /** RocksDB's own estimate needs statistics that are skipped when the store opens. */
    @Override
    public long estimatedKeys(Space space) {
        lifetime.readLock().lock();
        try {
            long inFiles = db().getPropertiesOfAllTables(family(space)).values().stream()
                    .mapToLong(table -> present(table.getNumEntries(), table.getNumDeletions()))
                    .sum();
            return inFiles + inMemory(space, "active-mem-table") + inMemory(space, "imm-mem-tables");
        } catch (RocksDBException failure) {
            throw failed("look", failure);
        } finally {
            lifetime.readLock().unlock();
        }
    }

    private long inMemory(Space space, String tables) throws RocksDBException {
        return present(
                db().getLongProperty(family(space), "rocksdb.num-entries-" + tables),
                db().getLongProperty(family(space), "rocksdb.num-deletes-" + tables));
    }

    /** Estimates present keys. A deletion is an entry itself, and hides another one. */
    private static long present(long entries, long deletions) {
        return Math.max(0, entries - 2 * deletions);
    }

    @Override
    public void verifyChecksums() {
        whileOpen("verify", RocksDB::verifyChecksum);
    }

    @Override
    public void close() {
        lifetime.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            closeDatabase();
            synced.close();
            tuning.close();
        } finally {
            lifetime.writeLock().unlock();
        }
    }

    private ColumnFamilyHandle family(Space space) {
        return families.get(space.ordinal());
    }

    private void openDatabase() {
        try {
            database = RocksDB.open(tuning.databaseOptions(), directory.toString(), tuning.families(), families);
        } catch (RocksDBException failure) {
            throw new StorageException("data directory " + directory + reason(failure), failure);
        }
    }

    /**
     * Opens the store read-only, which writes nothing. On a full disk the stored data stays readable until there is
     * space again.
     */
    private void openForReading(StorageException failure) {
        try {
            database =
                    RocksDB.openReadOnly(tuning.databaseOptions(), directory.toString(), tuning.families(), families);
        } catch (RocksDBException unreadable) {
            failure.addSuppressed(unreadable);
        }
    }

    private static String reason(RocksDBException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("/LOCK") || message.startsWith("lock ")
                ? " is in use by another server"
                : " cannot be opened: " + message;
    }

    private void closeDatabase() {
        families.forEach(ColumnFamilyHandle::close);
        families.clear();
        if (database != null) {
            database.close();
            database = null;
        }
    }

    private RocksDB db() {
        if (database == null) {
            throw new StorageException("the store is closed");
        }
        return database;
    }

    private void whileOpen(String action, NativeAction body) {
        lifetime.readLock().lock();
        try {
            body.run(db());
        } catch (RocksDBException failure) {
            throw failed(action, failure);
        } finally {
            lifetime.readLock().unlock();
        }
    }

    static StorageException failed(String action, RocksDBException failure) {
        return new StorageException("cannot " + action + ": " + failure.getMessage(), failure);
    }

    private interface NativeAction {
        void run(RocksDB db) throws RocksDBException;
    }
}
