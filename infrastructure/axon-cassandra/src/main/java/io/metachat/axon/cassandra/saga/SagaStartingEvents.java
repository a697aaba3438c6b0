package io.metachat.axon.cassandra.saga;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.saga.ResourceInjector;

/**
 * Records the starting event of each new saga within a unit of work. Axon calls the {@link ResourceInjector} immediately after it
 * has created a saga, while the event is being handled. It calls the saga store at the end of the batch, without the event.
 *
 * <p>Wrap the application's injector in one. The starter does so with Spring's.
 */
public final class SagaStartingEvents implements ResourceInjector {

    private static final String RESOURCE = SagaStartingEvents.class.getName();

    private final ResourceInjector injector;

    public SagaStartingEvents(ResourceInjector injector) {
        this.injector = injector;
    }

    @Override
    public void injectResources(Object saga) {
        injector.injectResources(saga);
        if (CurrentUnitOfWork.isStarted()) {
            eventIds().putIfAbsent(saga, CurrentUnitOfWork.get().getMessage().getIdentifier());
        }
    }

    /** Returns the identifier of the event during which the saga was created or loaded in this unit of work. */
    static Optional<String> eventOf(Object saga) {
        return CurrentUnitOfWork.isStarted() ? Optional.ofNullable(eventIds().get(saga)) : Optional.empty();
    }

    private static Map<Object, String> eventIds() {
        return CurrentUnitOfWork.get().root().getOrComputeResource(RESOURCE, key -> new IdentityHashMap<>());
    }
}
