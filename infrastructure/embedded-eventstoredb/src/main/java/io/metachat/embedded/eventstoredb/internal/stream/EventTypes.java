package io.metachat.embedded.eventstoredb.internal.stream;

/** The event types with a meaning for the server. */
public final class EventTypes {

    public static final String LINK = "$>";
    public static final String METADATA = "$metadata";
    public static final String TOMBSTONE = "$streamDeleted";

    private EventTypes() {}
}
