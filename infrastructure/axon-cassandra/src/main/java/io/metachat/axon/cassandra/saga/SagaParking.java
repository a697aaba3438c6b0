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
 * Parks the event that a saga fails on, for that saga, together with the events that follow for it. Other sagas are not affected.
 *
 * <p><b>Isolation.</b> A saga handles an event in a unit of work of its own, not in that of the processor's batch. When it fails, its
 * state, associations and deadlines stay as they were before, and nothing else is rolled back. Effects of its handler elsewhere, such
 * as commands that were handled, remain; a retry repeats them.
 *
 * <p><b>Once.</b> The position of the last event is part of a saga's state and changes with it, in one lightweight transaction. When a
 * batch or a retry is repeated, a saga does not handle an event again. A starting event starts one saga, also when it is parked first.
 *
 * <p><b>Transient failures</b> park nothing, as decided by the {@link EnqueuePolicy} ({@link ParkingPolicy}): the processor waits and
 * handles the event again.
 *
 * <p><b>Deadlines</b> of a saga with parked events wait: their delivery fails with {@link SagaParkedException}, and a {@link
 * CassandraDeadlineManager} retries it.
 *
 * <p>To use it without the starter: {@code registerSaga(type, saga -> saga.configureSagaManager(configuration ->
 * parking.managerOf(type, configuration)))}.
 */
public final class SagaParking {

    private final CassandraDeadLetterQueues queues;
    private final EnqueuePolicy<EventMessage<?>> policy;
    private final Map<String, SagaDeadLetters> sagas = new ConcurrentHashMap<>();

    /**
     * Creates it. Sagas park when their managers come from {@link #managerOf}.
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
