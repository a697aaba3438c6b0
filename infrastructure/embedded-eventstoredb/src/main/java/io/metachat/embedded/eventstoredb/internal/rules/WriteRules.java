package io.metachat.embedded.eventstoredb.internal.rules;

import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import io.metachat.embedded.eventstoredb.internal.stream.StreamNames;
import java.util.List;
import java.util.Optional;

/**
 * The rules of EventStoreDB 23.10 for expected revisions and idempotency. They accept a write, recognise it as a
 * repetition, or refuse it.
 */
public final class WriteRules {

    private final EventReader reader;
    private final StreamStates states;
    private final RecentEventIds recent;

    public WriteRules(EventReader reader, StreamStates states, RecentEventIds recent) {
        this.reader = reader;
        this.states = states;
        this.recent = recent;
    }

    /** Whether the decision needs stored events, which do not include the events staged in the current group. */
    public boolean needsStoredEvents(WriteCommand command) {
        return command instanceof WriteCommand.SoftDelete
                || isExact(command.expected())
                        && command.expected().number()
                                < states.of(command.stream()).lastRevision();
    }

    public Decision decide(WriteCommand command) {
        StreamState state = states.of(command.stream());
        if (isTombstoned(command.stream(), state)) {
            return new Decision.Answer(new WriteOutcome.StreamDeleted());
        }
        if (command instanceof WriteCommand.Append append) {
            return decide(append, state);
        }
        if (command instanceof WriteCommand.SoftDelete && state.neverExisted()) {
            return Decision.wrongRevision(state);
        }
        return decideDeletion(command.expected(), state);
    }

    private boolean isTombstoned(String stream, StreamState state) {
        return state.isTombstoned()
                || StreamNames.isMetadata(stream)
                        && states.of(StreamNames.describedBy(stream)).isTombstoned();
    }

    private Decision decide(WriteCommand.Append append, StreamState state) {
        if (append.expected() instanceof ExpectedRevision.StreamExists) {
            if (state.isSoftDeleted()) {
                return new Decision.Answer(new WriteOutcome.StreamDeleted());
            }
            if (state.neverExisted()) {
                return Decision.wrongRevision(state);
            }
        }
        if (!isExact(append.expected())) {
            return append.events().isEmpty() ? nothingToWrite(state) : unlessRecentlyWritten(append, state);
        }
        long expected = append.expected().number();
        if (expected > state.lastRevision()) {
            return Decision.wrongRevision(state);
        }
        if (expected == state.lastRevision()) {
            return append.events().isEmpty() ? nothingToWrite(state) : Decision.ACCEPT;
        }
        return append.events().isEmpty()
                ? Decision.wrongRevision(state)
                : unlessStored(append.stream(), expected, append.events(), state);
    }

    /** Without an exact revision, only the recent ids can reveal a repetition. */
    private Decision unlessRecentlyWritten(WriteCommand.Append append, StreamState state) {
        RecentEventIds.Place last = null;
        for (ProposedEvent event : append.events()) {
            RecentEventIds.Place place = recent.find(event.id(), append.stream());
            if (place == null) {
                return last == null ? Decision.ACCEPT : Decision.wrongRevision(state);
            }
            last = place;
        }
        return last == null ? Decision.ACCEPT : written(last.revision(), last.position());
    }

    /** A writer with an old revision either repeats stored events, one by one, or is wrong. */
    private Decision unlessStored(String stream, long expected, List<ProposedEvent> events, StreamState state) {
        long revision = expected;
        long position = 0;
        for (ProposedEvent event : events) {
            revision++;
            Optional<StoredEvent> stored = reader.at(stream, revision);
            if (stored.isEmpty() || !stored.get().id().equals(event.id())) {
                boolean startsAgain = revision == expected + 1
                        && expected == ExpectedRevision.NO_STREAM.number()
                        && state.isSoftDeleted();
                return startsAgain ? Decision.ACCEPT : Decision.wrongRevision(state);
            }
            position = stored.get().position();
        }
        return written(revision, position);
    }

    private static Decision decideDeletion(ExpectedRevision expected, StreamState state) {
        if (expected instanceof ExpectedRevision.Any) {
            return Decision.ACCEPT;
        }
        if (expected instanceof ExpectedRevision.StreamExists) {
            if (state.isSoftDeleted()) {
                return new Decision.Answer(new WriteOutcome.StreamDeleted());
            }
            return state.neverExisted() ? Decision.wrongRevision(state) : Decision.ACCEPT;
        }
        boolean seesNoStream = expected instanceof ExpectedRevision.NoStream && state.isSoftDeleted();
        return seesNoStream || expected.number() == state.lastRevision()
                ? Decision.ACCEPT
                : Decision.wrongRevision(state);
    }

    private static boolean isExact(ExpectedRevision expected) {
        return expected instanceof ExpectedRevision.NoStream || expected instanceof ExpectedRevision.Exactly;
    }

    private static Decision nothingToWrite(StreamState state) {
        return new Decision.Answer(new WriteOutcome.NothingToWrite(state.lastRevision()));
    }

    private static Decision written(long revision, long position) {
        return new Decision.Answer(new WriteOutcome.Written(revision, position));
    }
}
