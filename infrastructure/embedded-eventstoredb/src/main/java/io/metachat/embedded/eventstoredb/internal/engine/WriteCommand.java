package io.metachat.embedded.eventstoredb.internal.engine;

import java.util.List;

/** What a client may ask of the writer. */
public sealed interface WriteCommand {

    String stream();

    ExpectedRevision expected();

    record Append(String stream, ExpectedRevision expected, List<ProposedEvent> events) implements WriteCommand {
        public Append {
            events = List.copyOf(events);
        }
    }

    /** Truncates the stream before everything it contains; it can be written to again. */
    record SoftDelete(String stream, ExpectedRevision expected) implements WriteCommand {}

    /** Ends the stream for ever. */
    record Tombstone(String stream, ExpectedRevision expected) implements WriteCommand {}
}
