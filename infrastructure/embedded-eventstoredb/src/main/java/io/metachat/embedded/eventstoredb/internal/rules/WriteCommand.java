package io.metachat.embedded.eventstoredb.internal.rules;

import java.util.List;

/** What a client may ask of the writer. */
public sealed interface WriteCommand {

    String stream();

    ExpectedRevision expected();

    /** Roughly how many bytes it keeps in memory while it waits. */
    default long size() {
        return 0;
    }

    record Append(String stream, ExpectedRevision expected, List<ProposedEvent> events) implements WriteCommand {
        public Append {
            events = List.copyOf(events);
        }

        @Override
        public long size() {
            return events.stream().mapToLong(ProposedEvent::size).sum();
        }
    }

    /** Truncates the stream before everything it contains; it can be written to again. */
    record SoftDelete(String stream, ExpectedRevision expected) implements WriteCommand {}

    /** Ends the stream for ever. */
    record Tombstone(String stream, ExpectedRevision expected) implements WriteCommand {}
}
