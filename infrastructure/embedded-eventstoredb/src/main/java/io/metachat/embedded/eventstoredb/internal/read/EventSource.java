package io.metachat.embedded.eventstoredb.internal.read;

/** Reads events from a starting point in one direction. Used by one thread at a time. */
public interface EventSource {

    /**
     * Reads the next page.
     *
     * @param limit the maximum number of events to examine
     * @throws StreamDeletedException if the stream has a tombstone
     */
    Page next(int limit);
}
