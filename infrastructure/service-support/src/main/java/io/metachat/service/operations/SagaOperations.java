package io.metachat.service.operations;

import io.metachat.axon.cassandra.deadletter.DeadLetterSequences;
import io.metachat.axon.cassandra.saga.SagaDeadLetters;
import io.metachat.axon.cassandra.saga.SagaParking;
import io.metachat.service.error.Problem;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The types of sagas that park events, for operators, and their dead letters. A sequence is one saga. */
@OperatorApi
@RequestMapping("/operations/sagas")
final class SagaOperations implements DeadLetterSource {

    private static final int MAX_SAGAS = 100;

    private final SagaParking parking;

    SagaOperations(SagaParking parking) {
        this.parking = parking;
    }

    /** @param parked how many sagas have parked events, up to a hundred */
    record SagaType(String name, int parked) {}

    @GetMapping
    List<SagaType> types() {
        return parking.all().stream()
                .map(saga -> new SagaType(
                        saga.name(), saga.sequences().list(MAX_SAGAS).size()))
                .toList();
    }

    @Override
    public String kind() {
        return "sagas";
    }

    @Override
    public Optional<DeadLetterSequences> find(String name) {
        return parking.find(name).map(SagaDeadLetters::sequences);
    }

    @Override
    public Problem unknownName() {
        return Problem.notFound("saga-not-found", "There is no such type of saga.");
    }
}
