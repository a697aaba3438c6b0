package io.metachat.embedded.eventstoredb.internal.read;

/** An item of a page. */
public sealed interface ReadItem {

    record Event(ResolvedEvent resolved) implements ReadItem {}

    /** All events up to this position have been examined, whether they passed the filter or not. */
    record Checkpoint(long position) implements ReadItem {}
}
