package io.metachat.embedded.eventstoredb.internal.storage;

import org.jspecify.annotations.Nullable;

/**
 * Sorted byte keys (unsigned, lexicographic) with atomic batches.
 *
 * <p>Everything may be called from any thread. Reads see every batch whose {@link #write} has returned, and no part of
 * any other; batches that are written at the same time must not have keys in common. Failures of the medium are {@link StorageException}s.
 */
public interface KeyValueStore extends AutoCloseable {

    byte @Nullable [] get(Space space, byte[] key);

    /** A cursor over a consistent view of the space as of now. It must be closed, and used by one thread. */
    Cursor cursor(Space space);

    Batch newBatch();

    /** Makes the whole batch durable, or throws. After a throw it is unknown whether the batch survives a reopen. */
    void write(Batch batch);

    /**
     * Closes and opens the store, after a failed write: then what can be read is what is durable. After a throw, what is
     * durable can still be read if that is possible at all, and nothing written until another call succeeds.
     */
    void reopen();

    /** Drops what deletions left behind in the files. May take long; reads and writes go on. */
    void compact();

    /** How many keys a space has, roughly, without looking at them. */
    long estimatedKeys(Space space);

    /** Reads every file of the store and compares it with its checksums. */
    void verifyChecksums();

    @Override
    void close();

    /** Puts and deletions that will become visible together. */
    interface Batch extends AutoCloseable {
        void put(Space space, byte[] key, byte[] value);

        void delete(Space space, byte[] key);

        @Override
        void close();
    }

    /** A place in a space's order; {@link #key()} and {@link #value()} only while {@link #isValid()}. */
    interface Cursor extends AutoCloseable {
        /** Moves to the first key that is not below the given one. */
        void seek(byte[] key);

        /** Moves to the last key that is not above the given one. */
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
