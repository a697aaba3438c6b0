package io.metachat.axon.cassandra.saga;

import io.metachat.axon.cassandra.deadletter.CassandraDeadLetter;
import io.metachat.axon.cassandra.deadletter.CassandraDeadLetterQueue;
import io.metachat.axon.cassandra.deadletter.DeadLetterSequences;
import io.metachat.axon.cassandra.processor.AxonInternals;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.SagaConfiguration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.EnqueuePolicy;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterProcessor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.Saga;
import org.axonframework.modelling.saga.SagaCreationPolicy;
import org.axonframework.modelling.saga.SagaExecutionException;
import org.axonframework.modelling.saga.SagaInitializationPolicy;
import org.axonframework.modelling.saga.SagaInstantiationException;
import org.axonframework.modelling.saga.SagaManagerSpanFactory;
import org.axonframework.modelling.saga.SagaRepository;
import org.axonframework.modelling.saga.SagaScopeDescriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Axon's manager of annotated sagas, with a queue of dead letters in which each saga is a sequence. */
final class ParkingSagaManager<T> extends AnnotatedSagaManager<T>
        implements SequencedDeadLetterProcessor<EventMessage<?>> {

    private static final Logger log = LoggerFactory.getLogger(ParkingSagaManager.class);
    private static final Runnable NOTHING = () -> {};

    private final String name;
    private final SagaRepository<T> repository;
    private final CassandraSagaStore store;
    private final CassandraDeadLetterQueue queue;
    private final EnqueuePolicy<EventMessage<?>> policy;
    private final TransactionManager transactions;
    private final List<CorrelationDataProvider> correlation;
    private final SagaManagerSpanFactory spans;

    ParkingSagaManager(
            String name,
            SagaConfiguration<T> saga,
            Configuration configuration,
            CassandraSagaStore store,
            CassandraDeadLetterQueue queue,
            EnqueuePolicy<EventMessage<?>> policy) {
        super(AnnotatedSagaManager.<T>builder()
                .sagaType(saga.type())
                .sagaRepository(saga.repository())
                .parameterResolverFactory(configuration.parameterResolverFactory())
                .handlerDefinition(configuration.handlerDefinition(saga.type())));
        this.name = name;
        this.repository = saga.repository();
        this.store = store;
        this.queue = queue;
        this.policy = policy;
        this.transactions = configuration.eventProcessingConfiguration().transactionManager(saga.processingGroup());
        this.correlation = configuration.correlationDataProviders();
        this.spans = configuration.getComponent(SagaManagerSpanFactory.class);
    }

    @Override
    public void handle(EventMessage<?> event, Segment segment) throws Exception {
        boolean found = false;
        for (String saga : associated(event)) {
            found |= !matchesSegment(segment, saga) || offer(event, saga);
        }
        SagaInitializationPolicy creation = getSagaCreationPolicy(event);
        boolean wanted = creation.getCreationPolicy() == SagaCreationPolicy.ALWAYS
                || creation.getCreationPolicy() == SagaCreationPolicy.IF_NONE_FOUND && !found;
        if (wanted && segment.matches(creation.getInitialAssociationValue())) {
            start(event, creation.getInitialAssociationValue(), segment);
        }
    }

    private Set<String> associated(EventMessage<?> event) {
        Set<String> sagas = new TreeSet<>();
        extractAssociationValues(event).forEach(association -> sagas.addAll(repository.find(association)));
        return sagas;
    }

    /** Lets a saga handle the event, or parks it; false when the saga has ended, or does not handle it. */
    private boolean offer(EventMessage<?> event, String saga) throws Exception {
        if (queue.enqueueIfPresent(saga, () -> new GenericDeadLetter<>(saga, event))) {
            return true;
        }
        return attempt(event, saga, () -> continueSaga(event, saga), NOTHING);
    }

    private void start(EventMessage<?> event, AssociationValue association, Segment segment) throws Exception {
        Optional<SagaStart> begun = store.startedBy(getSagaType(), event.getIdentifier());
        if (begun.filter(start -> start.done() || queue.contains(start.sagaId()))
                .isPresent()) {
            return;
        }
        String saga = begun.map(SagaStart::sagaId).orElseGet(() -> createSagaIdentifier(segment));
        attempt(
                event,
                saga,
                () -> startSaga(event, saga, association),
                () -> store.parkStart(getSagaType(), saga, event.getIdentifier(), association));
    }

    /**
     * Takes a step of a saga in a unit of work of its own, and parks the event when that fails.
     *
     * @param beforeParking runs before the event is parked
     * @throws Exception when the policy considers the failure transient
     */
    private boolean attempt(EventMessage<?> event, String saga, Callable<Boolean> step, Runnable beforeParking)
            throws Exception {
        try {
            return inOwnUnitOfWork(event, step);
        } catch (Exception e) {
            DeadLetter<EventMessage<?>> letter = new GenericDeadLetter<>(saga, event, e);
            EnqueueDecision<EventMessage<?>> decision = policy.decide(letter, e);
            if (decision.shouldEnqueue()) {
                log.warn("Saga [{}] of [{}] failed on event [{}]", saga, name, event.getIdentifier(), e);
                beforeParking.run();
                queue.enqueue(
                        saga,
                        decision.withDiagnostics(
                                letter.withCause(decision.enqueueCause().orElse(null))));
            }
            return true;
        }
    }

    /** The batch's unit of work is put aside: a failure here must not roll it back, nor keep what it has changed. */
    private <R> R inOwnUnitOfWork(EventMessage<?> event, Callable<R> step) throws Exception {
        Optional<UnitOfWork<?>> batch =
                CurrentUnitOfWork.isStarted() ? Optional.of(CurrentUnitOfWork.get()) : Optional.empty();
        batch.ifPresent(CurrentUnitOfWork::clear);
        try {
            UnitOfWork<EventMessage<?>> own = DefaultUnitOfWork.startAndGet(event);
            own.attachTransaction(transactions);
            correlation.forEach(own::registerCorrelationDataProvider);
            ResultMessage<R> result = own.executeWithResult(step);
            if (result.isExceptional()) {
                throw asException(result.exceptionResult());
            }
            return result.getPayload();
        } finally {
            batch.ifPresent(CurrentUnitOfWork::set);
        }
    }

    private static Exception asException(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof Exception exception
                ? exception
                : new SagaExecutionException("A saga failed", failure);
    }

    private boolean continueSaga(EventMessage<?> event, String identifier) throws Exception {
        Saga<T> saga = repository.load(identifier);
        if (saga == null || !saga.isActive()) {
            return false;
        }
        if (hasHandled(event, identifier)) {
            return true;
        }
        return handle(event, saga);
    }

    private boolean hasHandled(EventMessage<?> event, String identifier) {
        return HandledEvents.position(event)
                .filter(position -> store.hasHandled(getSagaType(), identifier, position))
                .isPresent();
    }

    private boolean startSaga(EventMessage<?> event, String identifier, AssociationValue association) throws Exception {
        return spans.createCreateSagaInstanceSpan(event, getSagaType(), identifier)
                .runCallable(() -> {
                    Saga<T> saga = repository.createInstance(identifier, this::newInstance);
                    saga.getAssociationValues().add(association);
                    return handle(event, saga);
                });
    }

    private T newInstance() {
        try {
            return getSagaType().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new SagaInstantiationException(
                    "A saga of type [%s] cannot be created"
                            .formatted(getSagaType().getName()),
                    e);
        }
    }

    private boolean handle(EventMessage<?> event, Saga<T> saga) throws Exception {
        if (!saga.canHandle(event)) {
            return false;
        }
        HandledEvents.handling(event);
        spans.createInvokeSagaSpan(event, getSagaType(), saga).runCallable(() -> saga.handle(event));
        return true;
    }

    /** A deadline follows what is parked for its saga. */
    @Override
    public void send(Message<?> message, ScopeDescriptor scope) throws Exception {
        if (canResolve(scope)
                && scope instanceof SagaScopeDescriptor saga
                && queue.contains(saga.getIdentifier().toString())) {
            throw new SagaParkedException("Saga [%s] of type [%s] has parked events"
                    .formatted(saga.getIdentifier(), getSagaType().getSimpleName()));
        }
        super.send(message, scope);
    }

    @Override
    public boolean process(Predicate<DeadLetter<? extends EventMessage<?>>> sequenceFilter) {
        return queue.process(sequenceFilter, letter -> retry((CassandraDeadLetter) letter));
    }

    private EnqueueDecision<EventMessage<?>> retry(CassandraDeadLetter letter) {
        try {
            inOwnUnitOfWork(letter.message(), () -> {
                AxonInternals.attach(letter);
                return isStart(letter)
                        ? startSaga(letter.message(), letter.sequence(), firstAssociation(letter))
                        : continueSaga(letter.message(), letter.sequence());
            });
            return Decisions.evict();
        } catch (Exception e) {
            return policy.decide(letter, e);
        }
    }

    /** Returns whether the event of a letter was to start the saga, and still is. */
    private boolean isStart(CassandraDeadLetter letter) {
        return store.startedBy(getSagaType(), letter.message().getIdentifier())
                .filter(start -> !start.done() && start.sagaId().equals(letter.sequence()))
                .isPresent();
    }

    private AssociationValue firstAssociation(CassandraDeadLetter letter) {
        return getSagaCreationPolicy(letter.message()).getInitialAssociationValue();
    }

    /** Returns what operators can do with the parked events. */
    SagaDeadLetters deadLetters() {
        return new SagaDeadLetters(name, getSagaType(), new DeadLetterSequences(queue, this, this::discardStart));
    }

    private void discardStart(CassandraDeadLetter letter) {
        if (isStart(letter)) {
            store.discardStart(
                    getSagaType(), letter.sequence(), letter.message().getIdentifier(), firstAssociation(letter));
        }
    }
}
