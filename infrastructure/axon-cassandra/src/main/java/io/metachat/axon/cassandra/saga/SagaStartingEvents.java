package io.metachat.axon.cassandra.saga;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.saga.ResourceInjector;

/**
 * Remembers, within a unit of work, by which event each new saga was started. Axon tells a {@link ResourceInjector} of a
 * saga as soon as it is created, while the event is at hand; when it tells the store, at the end of the batch, it does not
 * say which of the batch's events it was.
 *
 * <p>Wrap the application's injector in one; the starter does it with Spring's.
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
