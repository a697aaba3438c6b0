package io.metachat.embedded.eventstoredb.internal.read;

/** Walks through events, from a starting point in one direction. Used by one thread at a time. */
public interface EventSource {

    /**
     * Looks further.
     *
     * @param limit how many events to look at, at most
     * @throws StreamDeletedException when the stream has a tombstone
     */
    Page next(int limit);
}
