package io.metachat.embedded.eventstoredb.internal.log;

import io.metachat.embedded.eventstoredb.internal.storage.KeyValueStore;
import io.metachat.embedded.eventstoredb.internal.storage.Space;
import io.metachat.embedded.eventstoredb.internal.storage.StorageException;
import java.nio.charset.StandardCharsets;

/** The store's facts about itself: the version of its layout, and the end of the log. */
public final class LogFormat {

    private static final long VERSION = 1;
    private static final byte[] VERSION_KEY = "format".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END_KEY = "end".getBytes(StandardCharsets.UTF_8);

    /** The first position is above 0, so that a subscription after position 0 receives the first event. */
    private static final long FIRST_POSITION = 64;

    private LogFormat() {}

    /**
     * Writes the format into a new store, and checks the format of an existing one.
     *
     * @throws StorageException if the store has another format
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
            throw new StorageException("the data directory has no end of the log");
        }
        return Keys.positionIn(end);
    }

    public static void putEnd(KeyValueStore.Batch batch, long end) {
        batch.put(Space.ABOUT, END_KEY, Keys.ofPosition(end));
    }
}
