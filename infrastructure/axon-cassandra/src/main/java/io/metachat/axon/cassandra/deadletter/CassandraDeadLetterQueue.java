package io.metachat.axon.cassandra.deadletter;

import io.metachat.axon.cassandra.CassandraStorage;
import io.metachat.axon.cassandra.deadletter.DeadLetterObserver.Change;
import io.metachat.axon.cassandra.deadletter.DeadLetterTables.Added;
import io.metachat.axon.cassandra.deadletter.DeadLetterTables.Claim;
import io.metachat.axon.cassandra.deadletter.DeadLetterTables.FirstLetter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.DeadLetterQueueOverflowException;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.NoSuchDeadLetterException;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.WrongDeadLetterTypeException;
import org.axonframework.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parks the events of one processing group that could not be handled, and the events that follow them, in Cassandra.
 *
 * <p>A sequence is one partition, and each change of it is one lightweight transaction. Letters keep the order in which they were
 * parked, whether a sequence has letters is decided once for all nodes, and one node at a time processes a sequence, with a claim that
 * has a time to live and that each letter renews. A message is parked once, also when its batch is handled again.
 *
 * <p>The limit of the number of sequences is approximate: nodes that begin sequences at the same time can exceed it. The limit of the
 * letters in a sequence is exact. Thread-safe.
 */
public class CassandraDeadLetterQueue implements SequencedDeadLetterQueue<EventMessage<?>> {

    private static final Logger log = LoggerFactory.getLogger(CassandraDeadLetterQueue.class);

    private final String processingGroup;
    private final DeadLetterTables tables;
    private final DeadLetterLimits limits;
    private final String node;
    private final DeadLetterObserver observer;

    /** Creates the queue of a processing group, unobserved. */
    public CassandraDeadLetterQueue(
            CassandraStorage storage,
            String processingGroup,
            Serializer eventSerializer,
            Serializer serializer,
            DeadLetterLimits limits,
            String node) {
        this(
                storage,
                processingGroup,
                eventSerializer,
                PayloadTypeNames.OF_SERIALIZER,
                serializer,
                limits,
                node,
                DeadLetterObserver.NONE);
    }

    /**
     * Creates the queue of a processing group.
     *
     * @param storage where
     * @param processingGroup the processing group
     * @param eventSerializer of payloads and metadata
     * @param names the stored names of payload types
     * @param serializer of tokens and diagnostics
     * @param limits the limits of the queue, and the duration of claims
     * @param node the name of this node in claims
     * @param observer receives each change
     */
    public CassandraDeadLetterQueue(
            CassandraStorage storage,
            String processingGroup,
            Serializer eventSerializer,
            PayloadTypeNames names,
            Serializer serializer,
            DeadLetterLimits limits,
            String node,
            DeadLetterObserver observer) {
        this.processingGroup = processingGroup;
        this.tables = new DeadLetterTables(storage, processingGroup, eventSerializer, names, serializer);
        this.limits = limits;
        this.node = node;
        this.observer = observer;
    }

    @Override
    public void enqueue(Object sequenceIdentifier, DeadLetter<? extends EventMessage<?>> letter) {
        String sequence = name(sequenceIdentifier);
        Added added = tables.append(sequence, () -> letter, limits.maximumSequenceSize());
        while (added == Added.NO_SEQUENCE) {
            if (tables.sequencesAtMost() >= limits.maximumSequences()) {
                throw overflow(sequence);
            }
            added = tables.begin(sequence, letter)
                    ? Added.DONE
                    : tables.append(sequence, () -> letter, limits.maximumSequenceSize());
        }
        requireRoom(added, sequence);
        observer.changed(processingGroup, letter.cause().isPresent() ? Change.FAILED : Change.FOLLOWED);
        log.info(
                "Parked event [{}] of sequence [{}] in processing group [{}]: {}",
                letter.message().getIdentifier(),
                sequence,
                processingGroup,
                letter.cause().map(cause -> cause.type()).orElse("it follows another"));
    }

    @Override
    public boolean enqueueIfPresent(
            Object sequenceIdentifier, Supplier<DeadLetter<? extends EventMessage<?>>> letterBuilder) {
        String sequence = name(sequenceIdentifier);
        Added added = tables.append(sequence, letterBuilder, limits.maximumSequenceSize());
        requireRoom(added, sequence);
        if (added == Added.DONE) {
            observer.changed(processingGroup, Change.FOLLOWED);
        }
        return added == Added.DONE;
    }

    private void requireRoom(Added added, String sequence) {
        if (added == Added.FULL) {
            throw overflow(sequence);
        }
    }

    private DeadLetterQueueOverflowException overflow(String sequence) {
        return new DeadLetterQueueOverflowException(
                "No room left for sequence [%s] of processing group [%s]".formatted(sequence, processingGroup));
    }

    @Override
    public void evict(DeadLetter<? extends EventMessage<?>> letter) {
        if (tables.remove(own(letter))) {
            observer.changed(processingGroup, Change.DISCARDED);
        } else {
            log.info(
                    "Event [{}] is no dead letter of processing group [{}] any more",
                    letter.message().getIdentifier(),
                    processingGroup);
        }
    }

    @Override
    public void requeue(
            DeadLetter<? extends EventMessage<?>> letter,
            UnaryOperator<DeadLetter<? extends EventMessage<?>>> letterUpdater) {
        CassandraDeadLetter own = own(letter);
        if (!tables.update(own, letterUpdater.apply(own.markTouched()))) {
            throw new NoSuchDeadLetterException("Event [%s] is no dead letter of processing group [%s]"
                    .formatted(letter.message().getIdentifier(), processingGroup));
        }
    }

    private static CassandraDeadLetter own(DeadLetter<? extends EventMessage<?>> letter) {
        if (letter instanceof CassandraDeadLetter own) {
            return own;
        }
        throw new WrongDeadLetterTypeException("A [%s] does not come from a CassandraDeadLetterQueue"
                .formatted(letter.getClass().getName()));
    }

    @Override
    public boolean contains(Object sequenceIdentifier) {
        return sequenceSize(sequenceIdentifier) > 0;
    }

    @Override
    public Iterable<DeadLetter<? extends EventMessage<?>>> deadLetterSequence(Object sequenceIdentifier) {
        return letters(name(sequenceIdentifier));
    }

    private List<DeadLetter<? extends EventMessage<?>>> letters(String sequence) {
        List<DeadLetter<? extends EventMessage<?>>> letters = new ArrayList<>();
        tables.letters(sequence).forEach(letters::add);
        return letters;
    }

    @Override
    public Iterable<Iterable<DeadLetter<? extends EventMessage<?>>>> deadLetters() {
        List<String> sequences = tables.sequences();
        return () -> sequences.stream()
                .<Iterable<DeadLetter<? extends EventMessage<?>>>>map(
                        sequence -> () -> letters(sequence).iterator())
                .iterator();
    }

    @Override
    public boolean isFull(Object sequenceIdentifier) {
        int letters = tables.lettersOf(name(sequenceIdentifier));
        return letters > 0
                ? letters >= limits.maximumSequenceSize()
                : tables.sequencesAtMost() >= limits.maximumSequences();
    }

    @Override
    public long size() {
        return tables.size();
    }

    @Override
    public long sequenceSize(Object sequenceIdentifier) {
        return tables.lettersOf(name(sequenceIdentifier));
    }

    @Override
    public long amountOfSequences() {
        return tables.sequences().size();
    }

    @Override
    public boolean process(
            Predicate<DeadLetter<? extends EventMessage<?>>> sequenceFilter,
            Function<DeadLetter<? extends EventMessage<?>>, EnqueueDecision<EventMessage<?>>> processingTask) {
        List<CassandraDeadLetter> candidates = tables.firstOfUnclaimed().stream()
                .filter(sequenceFilter)
                .sorted(Comparator.comparing(CassandraDeadLetter::lastTouched))
                .toList();
        for (CassandraDeadLetter candidate : candidates) {
            Claim claim = new Claim(node + "/" + UUID.randomUUID(), limits.claim());
            if (tables.claim(candidate.sequence(), claim)) {
                try {
                    return processClaimed(candidate.sequence(), claim, processingTask);
                } finally {
                    tables.release(candidate.sequence(), claim);
                }
            }
        }
        return false;
    }

    private boolean processClaimed(
            String sequence,
            Claim claim,
            Function<DeadLetter<? extends EventMessage<?>>, EnqueueDecision<EventMessage<?>>> processingTask) {
        // Another node may have processed a part of the sequence before this node claimed it, so read it again.
        Optional<FirstLetter> next = tables.first(sequence);
        while (next.isPresent()) {
            CassandraDeadLetter letter = next.get().letter();
            EnqueueDecision<EventMessage<?>> decision = processingTask.apply(letter);
            if (decision.shouldEnqueue()) {
                requeue(
                        letter,
                        updated -> decision.withDiagnostics(updated)
                                .withCause(decision.enqueueCause().orElse(null)));
                observer.changed(processingGroup, Change.FAILED_AGAIN);
                return false;
            }
            if (!tables.remove(next.get(), claim)) {
                log.warn(
                        "The claim of sequence [{}] of processing group [{}] ended while event [{}] was handled",
                        sequence,
                        processingGroup,
                        letter.message().getIdentifier());
                return false;
            }
            observer.changed(processingGroup, Change.HANDLED);
            next = tables.first(sequence);
        }
        return true;
    }

    @Override
    public void clear() {
        tables.sequences().forEach(tables::clear);
    }

    /** Returns the name of a sequence, as Axon's own persistent queues form it. */
    private static String name(Object sequenceIdentifier) {
        return sequenceIdentifier instanceof String text ? text : Integer.toString(sequenceIdentifier.hashCode());
    }
}
