package io.metachat.service.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.metachat.axon.cassandra.CassandraDeadLetter;
import io.metachat.axon.cassandra.SagaDeadLetters;
import io.metachat.axon.cassandra.SagaParking;
import io.metachat.service.error.Problem;
import java.time.Instant;
import java.util.List;
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
 * The parked events of sagas, for operators: what there is, without a word of what people wrote, and what to do with it. A
 * sequence is one saga.
 */
@OperatorApi
@RequestMapping("/operations/sagas")
final class SagaOperations {

    private static final int SAGAS = 100;

    private final SagaParking parking;

    SagaOperations(SagaParking parking) {
        this.parking = parking;
    }

    /** @param parked how many sagas have parked events, up to a hundred */
    record SagaType(String name, int parked) {}

    /** @param sequence the saga */
    record Sequence(String sequence, List<Letter> letters) {

        static Sequence of(List<CassandraDeadLetter> letters) {
            return new Sequence(
                    letters.get(0).sequence(), letters.stream().map(Letter::of).toList());
        }
    }

    /** @param cause the kind of failure; absent for an event that only follows one that failed */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Letter(
            String eventId,
            String type,
            @Nullable Long position,
            @Nullable String cause,
            Instant parkedAt,
            Instant triedAt) {

        static Letter of(CassandraDeadLetter letter) {
            return new Letter(
                    letter.message().getIdentifier(),
                    letter.message().getPayloadType().getSimpleName(),
                    position(letter),
                    letter.cause().map(Cause::type).map(Letter::simpleName).orElse(null),
                    letter.enqueuedAt(),
                    letter.lastTouched());
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
    List<SagaType> types() {
        return parking.all().stream()
                .map(saga -> new SagaType(saga.name(), saga.list(SAGAS).size()))
                .toList();
    }

    @GetMapping("/{name}/dead-letters")
    List<Sequence> list(@PathVariable String name) {
        return known(name).list(SAGAS).stream().map(Sequence::of).toList();
    }

    @PostMapping("/{name}/dead-letters/{sequence}/retry")
    Retried retry(@PathVariable String name, @PathVariable String sequence) {
        return new Retried(known(name).retry(sequence));
    }

    @DeleteMapping("/{name}/dead-letters/{sequence}/{eventId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@PathVariable String name, @PathVariable String sequence, @PathVariable String eventId) {
        if (!known(name).discard(sequence, eventId)) {
            throw Problem.notFound("dead-letter-not-found", "There is no such dead letter.")
                    .toException();
        }
    }

    private SagaDeadLetters known(String name) {
        return parking.find(name)
                .orElseThrow(() -> Problem.notFound("saga-not-found", "There is no such type of saga.")
                        .toException());
    }
}
