package io.metachat.service.operations;

import io.metachat.axon.cassandra.saga.SagaDeadLetters;
import io.metachat.axon.cassandra.saga.SagaParking;
import io.metachat.service.error.Problem;
import java.util.List;
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

    @GetMapping
    List<SagaType> types() {
        return parking.all().stream()
                .map(saga -> new SagaType(saga.name(), saga.list(SAGAS).size()))
                .toList();
    }

    @GetMapping("/{name}/dead-letters")
    List<ParkedSequence> list(@PathVariable String name) {
        return ParkedSequence.each(known(name).list(SAGAS));
    }

    @PostMapping("/{name}/dead-letters/{sequence}/retry")
    ParkedSequence.Retried retry(@PathVariable String name, @PathVariable String sequence) {
        return new ParkedSequence.Retried(known(name).retry(sequence));
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
