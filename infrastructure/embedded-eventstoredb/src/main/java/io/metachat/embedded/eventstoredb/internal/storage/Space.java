package io.metachat.embedded.eventstoredb.internal.storage;

/** The separately sorted key spaces of a store. */
public enum Space {
    /** Facts about the store itself: format, committed end. */
    ABOUT,
    /** Position → event. */
    EVENTS,
    /** Stream name and revision → position. */
    STREAMS
}
