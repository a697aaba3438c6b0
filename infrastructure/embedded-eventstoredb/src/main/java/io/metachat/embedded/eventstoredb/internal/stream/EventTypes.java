package io.metachat.embedded.eventstoredb.internal.stream;

/** The event types that the server itself gives a meaning. */
public final class EventTypes {

    public static final String LINK = "$>";
    public static final String METADATA = "$metadata";
    public static final String TOMBSTONE = "$streamDeleted";

    private EventTypes() {}
}
