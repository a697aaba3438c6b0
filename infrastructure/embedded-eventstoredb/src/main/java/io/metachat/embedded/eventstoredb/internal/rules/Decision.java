package io.metachat.embedded.eventstoredb.internal.rules;

/** What the rules say about a write before anything is staged. */
public sealed interface Decision {

    /** Go on and write. */
    record Accept() implements Decision {}

    /** The rules end the write here; nothing has to be written. */
    record Answer(WriteOutcome outcome) implements Decision {}

    Decision ACCEPT = new Accept();

    static Decision wrongRevision(StreamState state) {
        return new Answer(new WriteOutcome.WrongRevision(state.lastRevision()));
    }
}
