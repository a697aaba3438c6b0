package io.metachat.projections.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.metachat.axon.cassandra.CassandraDeadLetter;
import io.metachat.projections.processing.DeadLetters;
import io.metachat.projections.processing.ProjectionProcessors;
import io.metachat.projections.version.VersionRegistry;
import io.metachat.service.error.Problem;
import io.metachat.service.operations.OperatorApi;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.deadletter.Cause;
import org.jspecify.annotations.Nullable;
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

    /** @param sequence the person or the match that the events are about */
    record Sequence(String sequence, List<Letter> letters) {

        static Sequence of(List<CassandraDeadLetter> letters) {
            return new Sequence(
                    letters.get(0).sequence(), letters.stream().map(Letter::of).toList());
        }
    }

    /**
     * @param cause the kind of failure; absent for an event that only follows one that failed
     * @param event what the event says, without what people wrote; only where one sequence is shown
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Letter(
            String eventId,
            String type,
            @Nullable Long position,
            @Nullable String cause,
            Instant parkedAt,
            Instant triedAt,
            @Nullable Map<String, Object> event) {

        static Letter of(CassandraDeadLetter letter) {
            return of(letter, null);
        }

        static Letter shown(CassandraDeadLetter letter) {
            return of(letter, MaskedEvent.of((Record) letter.message().getPayload()));
        }

        private static Letter of(CassandraDeadLetter letter, @Nullable Map<String, Object> event) {
            return new Letter(
                    letter.message().getIdentifier(),
                    letter.message().getPayloadType().getSimpleName(),
                    position(letter),
                    letter.cause().map(Cause::type).map(Letter::simpleName).orElse(null),
                    letter.enqueuedAt(),
                    letter.lastTouched(),
                    event);
        }

        private static String simpleName(String type) {
            return type.substring(type.lastIndexOf('.') + 1);
        }

        private static @Nullable Long position(CassandraDeadLetter letter) {
            return letter.message() instanceof TrackedEventMessage<?> tracked && tracked.trackingToken() != null
                    ? tracked.trackingToken().position().orElseThrow()
                    : null;
        }
    }

    /** @param handled whether all events of the sequence have been handled */
    record Retried(boolean handled) {}

    @GetMapping
    List<Sequence> list(@PathVariable String name) {
        return deadLetters(name).list(SEQUENCES).stream()
                .filter(letters -> !letters.isEmpty())
                .map(Sequence::of)
                .toList();
    }

    @GetMapping("/{sequence}")
    Sequence show(@PathVariable String name, @PathVariable String sequence) {
        List<CassandraDeadLetter> letters = deadLetters(name).of(sequence);
        if (letters.isEmpty()) {
            throw Problem.notFound("dead-letters-not-found", "There are no dead letters of this sequence.")
                    .toException();
        }
        return new Sequence(sequence, letters.stream().map(Letter::shown).toList());
    }

    @PostMapping("/{sequence}/retry")
    Retried retry(@PathVariable String name, @PathVariable String sequence) {
        return new Retried(deadLetters(name).retry(sequence));
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
