package io.metachat.embedded.eventstoredb.internal.stream;

/** Special values of revisions. */
public final class Revisions {

    /** The stream has no event. */
    public static final long NONE = -1;

    /** The revision of a tombstone, which exceeds every event's revision. */
    public static final long TOMBSTONE = Long.MAX_VALUE;

    private Revisions() {}
}
