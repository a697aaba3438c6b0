package io.metachat.axon.cassandra.deadletter;

import java.time.Duration;

/**
 * How much a dead-letter queue holds. When it is full, the processor waits at the event that finds no room: it is not
 * skipped.
 *
 * @param maximumSequences how many sequences, about
 * @param maximumSequenceSize how many letters in a sequence
 * @param claim how long the handling of one letter may take before another node may process the sequence; whole seconds
 */
public record DeadLetterLimits(int maximumSequences, int maximumSequenceSize, Duration claim) {

    public DeadLetterLimits {
        if (maximumSequences < 1 || maximumSequenceSize < 1) {
            throw new IllegalArgumentException("A dead-letter queue holds at least one letter");
        }
        if (claim.toSeconds() < 2) {
            throw new IllegalArgumentException("A claim is at least 2 s: " + claim);
        }
    }

    /** Axon's own: 1024 sequences of 1024 letters, and 30 s. */
    public DeadLetterLimits() {
        this(1024, 1024, Duration.ofSeconds(30));
    }
}
