package io.metachat.embedded.eventstoredb.internal.rules;

import io.metachat.embedded.eventstoredb.internal.stream.Revisions;

/** The outcome of a write. A success is durable. */
public sealed interface WriteOutcome {

    /**
     * The events are in the stream, written now or by an earlier attempt with the same ids.
     *
     * @param revision the revision of the last event of the write
     * @param position the position of the last event of the write
     */
    record Written(long revision, long position) implements WriteOutcome {}

    /**
     * An append of zero events whose expectation was met.
     *
     * @param revision the revision of the stream's last event, or {@link Revisions#NONE}
     */
    record NothingToWrite(long revision) implements WriteOutcome {}

    /** @param actual the revision of the stream's last event, or {@link Revisions#NONE} */
    record WrongRevision(long actual) implements WriteOutcome {}

    /** The stream has a tombstone. */
    record StreamDeleted() implements WriteOutcome {}
}
