package io.metachat.embedded.eventstoredb.internal.rules;

/** The decision on a write before anything is staged. */
public sealed interface Decision {

    /** The write may proceed. */
    record Accept() implements Decision {}

    /** The write ends with this outcome; nothing is written. */
    record Answer(WriteOutcome outcome) implements Decision {}

    Decision ACCEPT = new Accept();

    static Decision wrongRevision(StreamState state) {
        return new Answer(new WriteOutcome.WrongRevision(state.lastRevision()));
    }
}
