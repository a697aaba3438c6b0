package io.metachat.projections.operations;

import io.metachat.axon.cassandra.deadletter.CassandraDeadLetter;
import io.metachat.projections.processing.DeadLetters;
import io.metachat.projections.processing.ProjectionProcessors;
import io.metachat.projections.version.VersionRegistry;
import io.metachat.service.error.Problem;
import io.metachat.service.operations.OperatorApi;
import io.metachat.service.operations.ParkedSequence;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * The dead letters of a projection's active version, for operators: what there is, without a word of what people wrote,
 * and what to do with it.
 */
@OperatorApi
@RequestMapping("/operations/projections/{name}/dead-letters")
class DeadLetterOperations {

    private static final int SEQUENCES = 100;

    private final VersionRegistry registry;
    private final ProjectionProcessors processors;

    DeadLetterOperations(VersionRegistry registry, ProjectionProcessors processors) {
        this.registry = registry;
        this.processors = processors;
    }

    @GetMapping
    List<ParkedSequence> list(@PathVariable String name) {
        return ParkedSequence.each(deadLetters(name).list(SEQUENCES));
    }

    /** One sequence with what its events say, but for what people wrote. */
    @GetMapping("/{sequence}")
    ParkedSequence show(@PathVariable String name, @PathVariable String sequence) {
        List<CassandraDeadLetter> letters = deadLetters(name).of(sequence);
        if (letters.isEmpty()) {
            throw Problem.notFound("dead-letters-not-found", "There are no dead letters of this sequence.")
                    .toException();
        }
        return ParkedSequence.of(sequence, letters, event -> MaskedEvent.of((Record) event));
    }

    @PostMapping("/{sequence}/retry")
    ParkedSequence.Retried retry(@PathVariable String name, @PathVariable String sequence) {
        return new ParkedSequence.Retried(deadLetters(name).retry(sequence));
    }

    @DeleteMapping("/{sequence}/{eventId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@PathVariable String name, @PathVariable String sequence, @PathVariable String eventId) {
        if (!deadLetters(name).discard(sequence, eventId)) {
            throw Problem.notFound("dead-letter-not-found", "There is no such dead letter.")
                    .toException();
        }
    }

    private DeadLetters deadLetters(String name) {
        return registry.projections().stream()
                .filter(projection -> projection.name().equals(name))
                .findFirst()
                .map(projection ->
                        processors.deadLetters(projection, registry.of(name).active()))
                .orElseThrow(() -> Problem.notFound("projection-not-found", "There is no such projection.")
                        .toException());
    }
}
