package io.metachat.embedded.eventstoredb.internal.storage;

import org.jspecify.annotations.Nullable;

/**
 * Sorted byte keys (unsigned, lexicographic) with atomic batches.
 *
 * <p>Thread-safe. Reads see every batch whose {@link #write} has returned, and no part of any other. Concurrent batches
 * must not share keys. Failures of the medium are {@link StorageException}s.
 */
public interface KeyValueStore extends AutoCloseable {

    byte @Nullable [] get(Space space, byte[] key);

    /** Returns a cursor over a consistent snapshot of the space. It must be closed, and used by one thread. */
    Cursor cursor(Space space);

    Batch newBatch();

    /** Makes the whole batch durable, or throws. After a throw it is unknown whether the batch survives a reopen. */
    void write(Batch batch);

    /**
     * Closes and opens the store after a failed write. Afterwards reads return exactly the durable data. After an
     * exception, durable data stays readable if possible, and writes fail until another call succeeds.
     */
    void reopen();

    /** Removes deleted data from the files. This may take long; reads and writes continue. */
    void compact();

    /** Returns an estimate of the number of keys in a space, without reading them. */
    long estimatedKeys(Space space);

    /** Verifies the checksums of every file. */
    void verifyChecksums();

    @Override
    void close();

    /** Puts and deletions that become visible together. */
    interface Batch extends AutoCloseable {
        void put(Space space, byte[] key, byte[] value);

        void delete(Space space, byte[] key);

        @Override
        void close();
    }

    /**
     * A position in a space's key order. {@link #key()} and {@link #value()} are allowed only while {@link #isValid()}.
     */
    interface Cursor extends AutoCloseable {
        /** Moves to the first key at or above the given one. */
        void seek(byte[] key);

        /** Moves to the last key at or below the given one. */
        void seekForPrevious(byte[] key);

        void next();

        void previous();

        boolean isValid();

        byte[] key();

        byte[] value();

        @Override
        void close();
    }
}
