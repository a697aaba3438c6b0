package io.metachat.axon.cassandra.deadletter;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterProcessor;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;

/**
 * The dead letters of one queue by sequence, for the operators of an application: list, retry and discard. Other sequences are
 * processed as usual meanwhile. Thread-safe, and with the same result on every node.
 *
 * <p>All methods throw {@link io.metachat.axon.cassandra.CassandraUnavailableException} while Cassandra does not answer.
 */
public final class DeadLetterSequences {

    private final SequencedDeadLetterQueue<EventMessage<?>> queue;
    private final SequencedDeadLetterProcessor<EventMessage<?>> processor;
    private final Consumer<CassandraDeadLetter> beforeDiscard;

    /**
     * Creates a view of a queue.
     *
     * @param queue a queue of {@link CassandraDeadLetter}s
     * @param processor handles the queue's letters again
     */
    public DeadLetterSequences(
            SequencedDeadLetterQueue<EventMessage<?>> queue, SequencedDeadLetterProcessor<EventMessage<?>> processor) {
        this(queue, processor, letter -> {});
    }

    /**
     * Creates a view of a queue.
     *
     * @param queue a queue of {@link CassandraDeadLetter}s
     * @param processor handles the queue's letters again
     * @param beforeDiscard runs before a letter is discarded
     */
    public DeadLetterSequences(
            SequencedDeadLetterQueue<EventMessage<?>> queue,
            SequencedDeadLetterProcessor<EventMessage<?>> processor,
            Consumer<CassandraDeadLetter> beforeDiscard) {
        this.queue = queue;
        this.processor = processor;
        this.beforeDiscard = beforeDiscard;
    }

    /** Returns the letters of up to {@code maximum} sequences, in their order within each; no sequence is empty. */
    public List<List<CassandraDeadLetter>> list(int maximum) {
        List<List<CassandraDeadLetter>> sequences = new ArrayList<>();
        Iterator<Iterable<DeadLetter<? extends EventMessage<?>>>> all =
                queue.deadLetters().iterator();
        while (all.hasNext() && sequences.size() < maximum) {
            List<CassandraDeadLetter> letters = letters(all.next());
            if (!letters.isEmpty()) {
                sequences.add(letters);
            }
        }
        return sequences;
    }

    /** Returns the letters of one sequence in their order; an empty list when the sequence has none. */
    public List<CassandraDeadLetter> of(String sequence) {
        return letters(queue.deadLetterSequence(sequence));
    }

    private static List<CassandraDeadLetter> letters(Iterable<DeadLetter<? extends EventMessage<?>>> sequence) {
        List<CassandraDeadLetter> letters = new ArrayList<>();
        sequence.forEach(letter -> letters.add((CassandraDeadLetter) letter));
        return letters;
    }

    /**
     * Handles the events of a sequence again, in their order, until one fails.
     *
     * @param sequence {@link CassandraDeadLetter#sequence()}
     * @return whether all were handled; false also when there are none, or while another node processes the sequence
     */
    public boolean retry(String sequence) {
        return processor.process(
                letter -> ((CassandraDeadLetter) letter).sequence().equals(sequence));
    }

    /**
     * Gives up one event for good. The events behind it stay parked until they are retried.
     *
     * @param sequence {@link CassandraDeadLetter#sequence()}
     * @param eventIdentifier the event's message identifier
     * @return whether the sequence had the event
     */
    public boolean discard(String sequence, String eventIdentifier) {
        Optional<CassandraDeadLetter> found = of(sequence).stream()
                .filter(letter -> letter.message().getIdentifier().equals(eventIdentifier))
                .findFirst();
        found.ifPresent(this::discard);
        return found.isPresent();
    }

    /** Gives up all events of a sequence for good. */
    public void discardAll(String sequence) {
        if (queue.contains(sequence)) {
            of(sequence).forEach(this::discard);
        }
    }

    private void discard(CassandraDeadLetter letter) {
        beforeDiscard.accept(letter);
        queue.evict(letter);
    }
}
