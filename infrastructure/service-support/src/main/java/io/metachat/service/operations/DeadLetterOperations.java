package io.metachat.service.operations;

import io.metachat.axon.cassandra.deadletter.CassandraDeadLetter;
import io.metachat.axon.cassandra.deadletter.DeadLetterSequences;
import io.metachat.service.error.Problem;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Lists, retries and discards dead letters for operators. No response contains what people wrote. */
@OperatorApi
@RequestMapping("/operations/{kind}/{name}/dead-letters")
final class DeadLetterOperations {

    private static final int MAX_SEQUENCES = 100;

    private final Map<String, DeadLetterSource> sources;

    DeadLetterOperations(List<DeadLetterSource> sources) {
        this.sources =
                sources.stream().collect(Collectors.toUnmodifiableMap(DeadLetterSource::kind, Function.identity()));
    }

    @GetMapping
    List<ParkedSequence> list(@PathVariable String kind, @PathVariable String name) {
        return sequences(source(kind), name).list(MAX_SEQUENCES).stream()
                .map(letters -> ParkedSequence.of(letters.get(0).sequence(), letters))
                .toList();
    }

    /** Returns one sequence with the content of its events, as far as operators may see it. */
    @GetMapping("/{sequence}")
    ParkedSequence show(@PathVariable String kind, @PathVariable String name, @PathVariable String sequence) {
        DeadLetterSource source = source(kind);
        List<CassandraDeadLetter> letters = sequences(source, name).of(sequence);
        if (letters.isEmpty()) {
            throw Problem.notFound("dead-letters-not-found", "There are no dead letters of this sequence.")
                    .toException();
        }
        return ParkedSequence.of(sequence, letters, source::shown);
    }

    @PostMapping("/{sequence}/retry")
    ParkedSequence.Retried retry(@PathVariable String kind, @PathVariable String name, @PathVariable String sequence) {
        return new ParkedSequence.Retried(sequences(source(kind), name).retry(sequence));
    }

    @DeleteMapping("/{sequence}/{eventId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(
            @PathVariable String kind,
            @PathVariable String name,
            @PathVariable String sequence,
            @PathVariable String eventId) {
        if (!sequences(source(kind), name).discard(sequence, eventId)) {
            throw Problem.notFound("dead-letter-not-found", "There is no such dead letter.")
                    .toException();
        }
    }

    private DeadLetterSource source(String kind) {
        DeadLetterSource source = sources.get(kind);
        if (source == null) {
            throw Problem.notFound("dead-letters-not-found", "This service has no such dead letters.")
                    .toException();
        }
        return source;
    }

    private static DeadLetterSequences sequences(DeadLetterSource source, String name) {
        return source.find(name).orElseThrow(() -> source.unknownName().toException());
    }
}
