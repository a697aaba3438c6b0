package io.metachat.embedded.eventstoredb.internal.read;

/** What a source hands out. */
public sealed interface ReadItem {

    record Event(ResolvedEvent resolved) implements ReadItem {}

    /** Everything up to this position has been looked at, whether it passed the filter or not. */
    record Checkpoint(long position) implements ReadItem {}
}
