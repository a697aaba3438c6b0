package io.metachat.axon.cassandra.deadletter;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.axon.cassandra.CassandraStorage;
import io.metachat.axon.cassandra.CassandraUnavailableException;
import io.metachat.axon.cassandra.connection.Conditional;
import io.metachat.axon.cassandra.connection.Operation;
import io.metachat.axon.cassandra.connection.Serialization;
import io.metachat.axon.cassandra.connection.Serialization.Serialized;
import io.metachat.axon.cassandra.connection.Statements;
import io.metachat.axon.cassandra.connection.Statements.Bound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** The tables of the dead letters of one processing group. */
final class DeadLetterTables {

    /** The attempts of a change while others change the same sequence at the same time. */
    private static final int ATTEMPTS = 100;

    private static final int PAGE = 100;
    private static final String SEQUENCE = " WHERE processing_group = ? AND sequence_id = ?";
    private static final String LETTER = SEQUENCE + " AND letter_index = ?";

    /** Not {@code messages}, which grows with the sequence. */
    private static final String READ_LETTER =
            "SELECT sequence_id, letter_index, owner, incarnation, letters, next_index, %s FROM ks.dead_letter"
                            .formatted(String.join(", ", DeadLetterFormat.COLUMNS))
                    + SEQUENCE;

    private static final Operation READ_STATE = Operation.repeatable(
            "letter.state",
            "SELECT sequence_id, incarnation, letters, next_index FROM ks.dead_letter" + SEQUENCE + " LIMIT 1");
    private static final Operation READ_FIRST = Operation.repeatable("letter.read", READ_LETTER + " LIMIT 1");
    private static final Operation READ_ALL = Operation.repeatable("letter.read", READ_LETTER);
    private static final Operation ADD = Operation.conditional(
            "letter.enqueue",
            "INSERT INTO ks.dead_letter (processing_group, sequence_id, letter_index, %s) VALUES (?, ?, ?, %s)"
                    .formatted(
                            String.join(", ", DeadLetterFormat.COLUMNS),
                            String.join(
                                    ", ",
                                    DeadLetterFormat.COLUMNS.stream()
                                            .map(column -> "?")
                                            .toList())));
    private static final Operation BEGIN = Operation.conditional(
            "letter.enqueue",
            "UPDATE ks.dead_letter SET incarnation = ?, letters = 1, next_index = 1, messages = ?" + SEQUENCE
                    + " IF letters = null");
    private static final Operation GROW = Operation.conditional(
            "letter.enqueue",
            "UPDATE ks.dead_letter SET letters = ?, next_index = ?, messages = messages + ?" + SEQUENCE
                    + " IF incarnation = ? AND letters = ? AND next_index = ? AND messages[?] = null");
    private static final Operation REMOVE =
            Operation.conditional("letter.evict", "DELETE FROM ks.dead_letter" + LETTER + " IF message_id = ?");
    private static final Operation SHRINK = Operation.conditional(
            "letter.evict",
            "UPDATE ks.dead_letter SET letters = ?, messages = messages - ?" + SEQUENCE
                    + " IF incarnation = ? AND letters = ?");
    private static final Operation END = Operation.conditional(
            "letter.evict",
            "DELETE incarnation, letters, next_index, messages, owner FROM ks.dead_letter" + SEQUENCE
                    + " IF incarnation = ? AND letters = ?");
    private static final Operation REQUEUE = Operation.conditional(
            "letter.requeue",
            "UPDATE ks.dead_letter SET cause_type = ?, cause_message = ?, diagnostics = ?, diagnostics_type = ?,"
                    + " last_touched = ?" + LETTER + " IF message_id = ?");
    private static final Operation CLEAR_LETTERS =
            Operation.conditional("letter.clear", "DELETE FROM ks.dead_letter" + SEQUENCE + " AND letter_index >= 0");
    private static final Operation CLEAR_STATE = Operation.conditional(
            "letter.clear",
            "DELETE incarnation, letters, next_index, messages, owner FROM ks.dead_letter" + SEQUENCE
                    + " IF incarnation = ?");
    private static final Operation CLAIM = Operation.conditional(
            "letter.claim",
            "UPDATE ks.dead_letter USING TTL ? SET owner = ?" + SEQUENCE + " IF owner = null AND letters > 0");
    private static final Operation EXTEND = Operation.conditional(
            "letter.claim", "UPDATE ks.dead_letter USING TTL ? SET owner = ?" + SEQUENCE + " IF owner = ?");
    private static final Operation RELEASE = Operation.conditional(
            "letter.release", "UPDATE ks.dead_letter SET owner = null" + SEQUENCE + " IF owner = ?");
    private static final Operation ADD_SEQUENCE = Operation.repeatable(
            "letter.sequence",
            "INSERT INTO ks.dead_letter_sequence (processing_group, sequence_id, incarnation) VALUES (?, ?, ?)");
    private static final Operation REMOVE_SEQUENCE = Operation.repeatable(
            "letter.sequence", "DELETE FROM ks.dead_letter_sequence" + SEQUENCE + " AND incarnation = ?");
    private static final Operation READ_SEQUENCES = Operation.repeatable(
            "letter.sequences", "SELECT sequence_id FROM ks.dead_letter_sequence WHERE processing_group = ?");

    private final Statements statements;
    private final String group;
    private final DeadLetterFormat format;

    DeadLetterTables(
            CassandraStorage storage, String group, Serializer events, PayloadTypeNames names, Serializer general) {
        this.statements = new Statements(storage);
        this.group = group;
        this.format = new DeadLetterFormat(events, names, new Serialization(general));
    }

    /** Returns how many letters a sequence has. */
    public int lettersOf(String sequence) {
        return state(sequence).map(SequenceState::letters).orElse(0);
    }

    /** Returns about how many sequences have letters: one that is just beginning or ending counts as well. */
    public int sequencesAtMost() {
        return known().size();
    }

    /** Returns the sequences that have letters. */
    public List<String> sequences() {
        return together(READ_STATE)
                .filter(row -> SequenceState.of(row).isPresent())
                .map(row -> Objects.requireNonNull(row.getString("sequence_id")))
                .toList();
    }

    private List<String> known() {
        return statements.rows(READ_SEQUENCES, group).stream()
                .map(row -> Objects.requireNonNull(row.getString("sequence_id")))
                .distinct()
                .toList();
    }

    /** Begins a sequence with its first letter; false when another node has begun it. */
    public boolean begin(String sequence, DeadLetter<? extends EventMessage<?>> letter) {
        UUID incarnation = UUID.randomUUID();
        statements.write(ADD_SEQUENCE, group, sequence, incarnation);
        Bound state = new Bound(BEGIN, incarnation, Map.of(letter.message().getIdentifier(), 0L), group, sequence);
        Conditional begun = statements.conditional(ADD.name(), List.of(insertion(sequence, 0, letter), state));
        if (begun.applied()
                || begun.repeated()
                        && state(sequence)
                                .filter(present -> present.incarnation().equals(incarnation))
                                .isPresent()) {
            return true;
        }
        statements.write(REMOVE_SEQUENCE, group, sequence, incarnation);
        return false;
    }

    /**
     * Adds a letter to a sequence that has letters, unless the sequence has its message already.
     *
     * @param letter makes the letter, if there is a sequence for it
     * @param limit the most letters that a sequence may have
     */
    public Added append(String sequence, Supplier<DeadLetter<? extends EventMessage<?>>> letter, int limit) {
        Optional<SequenceState> state = state(sequence);
        if (state.isEmpty()) {
            return Added.NO_SEQUENCE;
        }
        DeadLetter<? extends EventMessage<?>> added = letter.get();
        String message = added.message().getIdentifier();
        for (int attempt = 0; attempt < ATTEMPTS && state.isPresent(); attempt++) {
            SequenceState present = state.get();
            if (present.letters() >= limit) {
                return hasMessage(sequence, message) ? Added.DONE : Added.FULL;
            }
            Conditional grown = statements.conditional(
                    ADD.name(),
                    List.of(insertion(sequence, present.nextIndex(), added), growth(sequence, present, message)));
            if (grown.applied()) {
                return Added.DONE;
            }
            Optional<Row> found = grown.found().stream()
                    .filter(row -> row.getColumnDefinitions().contains("messages"))
                    .findFirst();
            if (found.map(row -> row.getMap("messages", String.class, Long.class))
                    .filter(messages -> messages.containsKey(message))
                    .isPresent()) {
                return Added.DONE;
            }
            state = found.flatMap(SequenceState::of);
        }
        if (state.isPresent()) {
            throw contended(sequence);
        }
        return Added.NO_SEQUENCE;
    }

    private Bound growth(String sequence, SequenceState state, String message) {
        return new Bound(
                GROW,
                state.letters() + 1,
                state.nextIndex() + 1,
                Map.of(message, state.nextIndex()),
                group,
                sequence,
                state.incarnation(),
                state.letters(),
                state.nextIndex(),
                message);
    }

    /** The outcome of adding a letter. */
    public enum Added {
        /** The sequence has it, now or since before. */
        DONE,
        /** There is no sequence. */
        NO_SEQUENCE,
        /** The sequence has no room. */
        FULL
    }

    private boolean hasMessage(String sequence, String message) {
        return StreamSupport.stream(letters(sequence).spliterator(), false)
                .anyMatch(letter -> letter.message().getIdentifier().equals(message));
    }

    private Bound insertion(String sequence, long index, DeadLetter<? extends EventMessage<?>> letter) {
        List<@Nullable Object> values = format.values(letter);
        values.addAll(0, List.of(group, sequence, index));
        return new Bound(ADD, values.toArray());
    }

    /** Removes a letter, and the sequence with the last one; false when it is not there. */
    public boolean remove(CassandraDeadLetter letter) {
        return remove(letter, state(letter.sequence()), null);
    }

    /** Removes a letter while a claim holds, and renews the claim; false when it has ended. */
    public boolean remove(FirstLetter first, Claim claim) {
        return remove(first.letter(), Optional.of(first.state()), claim);
    }

    private boolean remove(CassandraDeadLetter letter, Optional<SequenceState> known, @Nullable Claim claim) {
        Optional<SequenceState> state = known;
        for (int attempt = 0; attempt < ATTEMPTS && state.isPresent(); attempt++) {
            SequenceState present = state.get();
            if (statements
                    .conditional(REMOVE.name(), removal(letter, present, claim))
                    .applied()) {
                if (present.letters() == 1) {
                    statements.write(REMOVE_SEQUENCE, group, letter.sequence(), present.incarnation());
                }
                return true;
            }
            if (claim != null && !extend(letter.sequence(), claim)
                    || !hasMessage(letter.sequence(), letter.message().getIdentifier())) {
                return false;
            }
            state = state(letter.sequence());
        }
        if (state.isPresent()) {
            throw contended(letter.sequence());
        }
        return false;
    }

    private List<Bound> removal(CassandraDeadLetter letter, SequenceState state, @Nullable Claim claim) {
        String sequence = letter.sequence();
        String message = letter.message().getIdentifier();
        List<Bound> parts = new ArrayList<>();
        parts.add(new Bound(REMOVE, group, sequence, letter.index(), message));
        if (state.letters() == 1) {
            parts.add(new Bound(END, group, sequence, state.incarnation(), 1));
        } else {
            parts.add(new Bound(
                    SHRINK,
                    state.letters() - 1,
                    Set.of(message),
                    group,
                    sequence,
                    state.incarnation(),
                    state.letters()));
            if (claim != null) {
                parts.add(new Bound(EXTEND, claim.seconds(), claim.owner(), group, sequence, claim.owner()));
            }
        }
        return parts;
    }

    /** Writes a letter's cause, diagnostics and time again; false when it is not there. */
    public boolean update(CassandraDeadLetter letter, DeadLetter<? extends EventMessage<?>> updated) {
        Serialized diagnostics = format.diagnostics(updated);
        Conditional done = statements.conditional(
                REQUEUE,
                DeadLetterFormat.causeType(updated),
                DeadLetterFormat.causeMessage(updated),
                diagnostics.data(),
                diagnostics.type(),
                updated.lastTouched(),
                group,
                letter.sequence(),
                letter.index(),
                letter.message().getIdentifier());
        return done.applied();
    }

    /** Reads the letters of a sequence in their order, page by page. */
    public Iterable<CassandraDeadLetter> letters(String sequence) {
        Iterable<Row> rows = statements.pages(READ_ALL, PAGE, group, sequence);
        return () -> StreamSupport.stream(rows.spliterator(), false)
                .filter(DeadLetterTables::hasLetter)
                .map(format::letter)
                .iterator();
    }

    /**
     * The first letter of a sequence.
     *
     * @param letter the letter
     * @param state the sequence when the letter was read
     */
    public record FirstLetter(CassandraDeadLetter letter, SequenceState state) {}

    /** Reads the first letter of a sequence. */
    public Optional<FirstLetter> first(String sequence) {
        return Optional.ofNullable(statements.row(READ_FIRST, group, sequence))
                .filter(DeadLetterTables::hasLetter)
                .flatMap(row -> SequenceState.of(row).map(state -> new FirstLetter(format.letter(row), state)));
    }

    /** Reads the first letters of all unclaimed sequences, at the same time. */
    public List<CassandraDeadLetter> firstOfUnclaimed() {
        return together(READ_FIRST)
                .filter(row -> hasLetter(row) && row.getString("owner") == null)
                .map(format::letter)
                .toList();
    }

    /** Returns how many letters there are in all sequences. */
    public long size() {
        return together(READ_STATE)
                .flatMap(row -> SequenceState.of(row).stream())
                .mapToLong(SequenceState::letters)
                .sum();
    }

    /** Reads one row of each sequence, all at the same time. */
    private Stream<Row> together(Operation operation) {
        List<CompletableFuture<AsyncResultSet>> answers = known().stream()
                .map(sequence -> statements.async(operation, group, sequence).toCompletableFuture())
                .toList();
        try {
            return answers.stream()
                    .map(CompletableFuture::join)
                    .map(AsyncResultSet::one)
                    .filter(Objects::nonNull);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static boolean hasLetter(Row row) {
        return !row.isNull("letter_index");
    }

    /** Claims a sequence; false when it is claimed, or has no letters. */
    public boolean claim(String sequence, Claim claim) {
        return statements
                .conditional(CLAIM, claim.seconds(), claim.owner(), group, sequence)
                .applied();
    }

    /** Renews a claim; false when it has ended. */
    public boolean extend(String sequence, Claim claim) {
        return statements
                .conditional(EXTEND, claim.seconds(), claim.owner(), group, sequence, claim.owner())
                .applied();
    }

    /** Ends a claim; nothing happens when it has ended. */
    public void release(String sequence, Claim claim) {
        statements.conditional(RELEASE, group, sequence, claim.owner());
    }

    /**
     * A claim of a sequence.
     *
     * @param owner who has it: another one for each processing, also on the same node
     * @param duration how long it lasts unless it is renewed
     */
    public record Claim(String owner, Duration duration) {

        int seconds() {
            return Math.toIntExact(duration.toSeconds());
        }
    }

    /** Removes a sequence with all its letters. */
    public void clear(String sequence) {
        state(sequence).ifPresent(state -> {
            statements.conditional(
                    CLEAR_STATE.name(),
                    List.of(
                            new Bound(CLEAR_LETTERS, group, sequence),
                            new Bound(CLEAR_STATE, group, sequence, state.incarnation())));
            statements.write(REMOVE_SEQUENCE, group, sequence, state.incarnation());
        });
    }

    private Optional<SequenceState> state(String sequence) {
        return SequenceState.of(statements.row(READ_STATE, group, sequence));
    }

    private CassandraUnavailableException contended(String sequence) {
        return new CassandraUnavailableException(
                "Too many others change sequence [%s] of processing group [%s]".formatted(sequence, group));
    }
}
