package io.metachat.projections.processing;

import io.metachat.axon.cassandra.deadletter.CassandraDeadLetter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.DeadLetteringEventHandlerInvoker;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;

/**
 * The events of one processing group that could not be handled, and those that follow them in their sequence: the rest
 * goes on without them until somebody tries them again or discards them. A sequence is named by what it is about, a
 * person or a match.
 */
public final class DeadLetters {

    private final SequencedDeadLetterQueue<EventMessage<?>> queue;
    private final DeadLetteringEventHandlerInvoker invoker;

    DeadLetters(SequencedDeadLetterQueue<EventMessage<?>> queue, DeadLetteringEventHandlerInvoker invoker) {
        this.queue = queue;
        this.invoker = invoker;
    }

    /** The letters of at most so many sequences, in their order within each. */
    public List<List<CassandraDeadLetter>> list(int maximum) {
        List<List<CassandraDeadLetter>> sequences = new ArrayList<>();
        Iterator<? extends Iterable<? extends DeadLetter<? extends EventMessage<?>>>> all =
                queue.deadLetters().iterator();
        while (all.hasNext() && sequences.size() < maximum) {
            sequences.add(letters(all.next()));
        }
        return sequences;
    }

    /** The letters of one sequence, in their order; none when nothing of it is parked. */
    public List<CassandraDeadLetter> of(String sequence) {
        return letters(queue.deadLetterSequence(sequence));
    }

    private static List<CassandraDeadLetter> letters(Iterable<? extends DeadLetter<? extends EventMessage<?>>> parked) {
        List<CassandraDeadLetter> letters = new ArrayList<>();
        parked.forEach(letter -> letters.add((CassandraDeadLetter) letter));
        return letters;
    }

    /**
     * Handles the events of a sequence again, in their order, until one fails again.
     *
     * @return whether all were handled; false also when there are none, or another instance is at it
     */
    public boolean retry(String sequence) {
        return invoker.process(
                letter -> ((CassandraDeadLetter) letter).sequence().equals(sequence));
    }

    /** Gives one event up for good; what follows it stays. Returns whether it was there. */
    public boolean discard(String sequence, String eventId) {
        AtomicBoolean found = new AtomicBoolean();
        queue.deadLetterSequence(sequence).forEach(letter -> {
            if (letter.message().getIdentifier().equals(eventId)) {
                queue.evict(letter);
                found.set(true);
            }
        });
        return found.get();
    }

    /** Gives a whole sequence up: of somebody who is forgotten nothing is kept, least of all what could not be handled. */
    void forget(String sequence) {
        if (queue.contains(sequence)) {
            queue.deadLetterSequence(sequence).forEach(queue::evict);
        }
    }
}
