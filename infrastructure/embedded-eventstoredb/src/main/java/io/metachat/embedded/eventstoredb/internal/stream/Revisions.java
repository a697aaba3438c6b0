package io.metachat.embedded.eventstoredb.internal.stream;

/** Numbers that stand in place of a revision. */
public final class Revisions {

    /** There is no event. */
    public static final long NONE = -1;

    /** Of a tombstone: above every revision that an event can have. */
    public static final long TOMBSTONE = Long.MAX_VALUE;

    private Revisions() {}
}
