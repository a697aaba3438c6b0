package io.metachat.embedded.eventstoredb.internal.rules;

import java.util.List;

/** A command to the writer. */
public sealed interface WriteCommand {

    String stream();

    ExpectedRevision expected();

    /** Returns the approximate memory in bytes of a pending command. */
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

    /** Hides all events of the stream. The stream can be written to again. */
    record SoftDelete(String stream, ExpectedRevision expected) implements WriteCommand {}

    /** Deletes the stream permanently. */
    record Tombstone(String stream, ExpectedRevision expected) implements WriteCommand {}
}
