package io.metachat.embedded.eventstoredb.internal.log;

import io.metachat.embedded.eventstoredb.internal.storage.KeyValueStore;
import io.metachat.embedded.eventstoredb.internal.storage.Space;
import io.metachat.embedded.eventstoredb.internal.storage.StorageException;
import java.nio.charset.StandardCharsets;

/** What the store says about itself: the version of its layout and where the log ends. */
public final class LogFormat {

    private static final long VERSION = 1;
    private static final byte[] VERSION_KEY = "format".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END_KEY = "end".getBytes(StandardCharsets.UTF_8);

    /** No event is at 0, so that a subscription after position 0 gets the first one. */
    private static final long FIRST_POSITION = 64;

    private LogFormat() {}

    /**
     * Marks a new store as ours and recognises an old one.
     *
     * @throws StorageException when the store was written by a version of this server that lays it out differently
     */
    public static void check(KeyValueStore store) {
        byte[] stored = store.get(Space.ABOUT, VERSION_KEY);
        if (stored == null) {
            try (KeyValueStore.Batch batch = store.newBatch()) {
                batch.put(Space.ABOUT, VERSION_KEY, Keys.ofPosition(VERSION));
                putEnd(batch, FIRST_POSITION);
                store.write(batch);
            }
        } else if (Keys.positionIn(stored) != VERSION) {
            throw new StorageException("the data directory has format " + Keys.positionIn(stored)
                    + ", this server reads format " + VERSION);
        }
    }

    public static long end(KeyValueStore store) {
        byte[] end = store.get(Space.ABOUT, END_KEY);
        if (end == null) {
            throw new StorageException("the data directory does not say where its log ends");
        }
        return Keys.positionIn(end);
    }

    public static void putEnd(KeyValueStore.Batch batch, long end) {
        batch.put(Space.ABOUT, END_KEY, Keys.ofPosition(end));
    }
}
