package io.metachat.axon.cassandra.saga;

import io.metachat.axon.cassandra.deadletter.CassandraDeadLetterQueues;
import io.metachat.axon.cassandra.deadletter.ParkingPolicy;
import io.metachat.axon.cassandra.deadline.CassandraDeadlineManager;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.common.AxonConfigurationException;
import org.axonframework.config.Configuration;
import org.axonframework.config.SagaConfiguration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.EnqueuePolicy;
import org.axonframework.modelling.saga.AbstractSagaManager;

/**
 * Parks an event that a saga fails on, for that saga, together with everything that follows for it. Other sagas go on, with
 * that event as well.
 *
 * <p><b>Each saga for itself.</b> A saga handles an event in a unit of work of its own, not in that of the processor's
 * batch: when it fails, its state, its associations and its deadlines stay as they were before, and nothing else is rolled
 * back. What its handler has already done elsewhere (commands that were answered) is done; a retry does it again.
 *
 * <p><b>Once.</b> The position of the last event is kept with a saga's state and changes with it, in one lightweight
 * transaction. When a batch is repeated after a crash, or a retry is, a saga does not handle an event again that its state
 * has in it. The event that starts a saga starts one, also when it is parked first.
 *
 * <p><b>Failures that pass</b> park nothing, as the {@link EnqueuePolicy} decides ({@link ParkingPolicy}): the processor
 * waits, and the event comes again.
 *
 * <p><b>Deadlines</b> of a saga that has parked events wait: their delivery fails with {@link SagaParkedException}, and a
 * {@link CassandraDeadlineManager} delivers them later.
 *
 * <p>To use it without the starter: {@code registerSaga(type, saga -> saga.configureSagaManager(configuration ->
 * parking.managerOf(type, configuration)))}.
 */
public final class SagaParking {

    private final CassandraDeadLetterQueues queues;
    private final EnqueuePolicy<EventMessage<?>> policy;
    private final Map<String, SagaDeadLetters> sagas = new ConcurrentHashMap<>();

    /**
     * Creates it; it parks nothing until a saga's manager comes from it.
     *
     * @param queues makes a queue for each type of saga
     * @param policy decides what to park
     */
    public SagaParking(CassandraDeadLetterQueues queues, EnqueuePolicy<EventMessage<?>> policy) {
        this.queues = queues;
        this.policy = policy;
    }

    /**
     * Makes the manager of a type of saga.
     *
     * @throws AxonConfigurationException when its sagas are not in a {@link CassandraSagaStore}
     */
    public <T> AbstractSagaManager<T> managerOf(Class<T> sagaType, Configuration configuration) {
        SagaConfiguration<T> saga = SagaConfigurations.of(sagaType, configuration);
        if (!(saga.store() instanceof CassandraSagaStore store)) {
            throw new AxonConfigurationException(
                    "Sagas of type [%s] are not in a CassandraSagaStore: their events cannot be parked"
                            .formatted(sagaType.getName()));
        }
        String name = saga.processingGroup() + "." + sagaType.getSimpleName();
        ParkingSagaManager<T> manager =
                new ParkingSagaManager<>(name, saga, configuration, store, queues.of(name), policy);
        sagas.put(name, manager.deadLetters());
        return manager;
    }

    /** Returns the dead letters of each type of saga that parks, by name. */
    public List<SagaDeadLetters> all() {
        return sagas.values().stream()
                .sorted(Comparator.comparing(SagaDeadLetters::name))
                .toList();
    }

    /** Returns the dead letters of a type of saga. */
    public Optional<SagaDeadLetters> find(String name) {
        return Optional.ofNullable(sagas.get(name));
    }
}
