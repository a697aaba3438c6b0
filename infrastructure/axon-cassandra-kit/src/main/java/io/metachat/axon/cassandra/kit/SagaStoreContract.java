package io.metachat.axon.cassandra.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;
import org.axonframework.common.AxonTransientException;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValuesImpl;
import org.axonframework.modelling.saga.ResourceInjector;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link SagaStore} that several nodes share: optimistic updates, and one saga for one starting event.
 *
 * <p>Not asserted: the order of sagas found by an association, that several sagas change in one transaction, for how long a
 * starting event is remembered, and how a serializer writes a saga.
 */
public abstract class SagaStoreContract {

    private static final AssociationValue ORDER = new AssociationValue("order", "o-1");
    private static final AssociationValue CUSTOMER = new AssociationValue("customer", "c-1");

    private AssociationValue association;
    private String id;
    private SagaStore<Object> store;

    /** A saga with a state to look at. Public, as serializers want it. */
    public static class Counter {

        private int count;

        public Counter() {}

        public Counter(int count) {
            this.count = count;
        }

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }
    }

    /** A saga of another type. */
    public static class Other extends Counter {}

    /** Returns the store; what is asked of it stands for what several nodes ask. */
    protected abstract SagaStore<Object> store();

    /** Wraps an injector so that the store learns of starting events. */
    protected abstract ResourceInjector recording(ResourceInjector injector);

    @BeforeEach
    void openStore() {
        store = store();
        id = UUID.randomUUID().toString();
        association = new AssociationValue("unique", id);
    }

    @AfterEach
    void rollBackLeftovers() {
        UnitsOfWork.rollBackLeftovers();
    }

    @Test
    void shouldLoadWhatWasInserted() {
        store.insertSaga(Counter.class, id, new Counter(1), Set.of(association, ORDER));

        SagaStore.Entry<Counter> entry = store.loadSaga(Counter.class, id);

        assertThat(entry.saga().getCount()).isEqualTo(1);
        assertThat(entry.associationValues()).containsExactlyInAnyOrder(association, ORDER);
    }

    @Test
    void shouldLoadNothingForAnUnknownSaga() {
        store.insertSaga(Counter.class, id, new Counter(1), Set.of());

        assertThat(store.<Counter>loadSaga(Counter.class, "unknown")).isNull();
        assertThat(store.<Counter>loadSaga(Counter.class, id)).isNotNull();
    }

    @Test
    void shouldFindByAssociation() {
        String another = UUID.randomUUID().toString();
        store.insertSaga(Counter.class, id, new Counter(1), Set.of(association));
        store.insertSaga(Counter.class, another, new Counter(2), Set.of(association));

        assertThat(store.findSagas(Counter.class, association)).containsExactlyInAnyOrder(id, another);
        assertThat(store.findSagas(Counter.class, new AssociationValue("unique", "none")))
                .isEmpty();
        assertThat(store.findSagas(Counter.class, new AssociationValue("another", id)))
                .isEmpty();
    }

    /** Axon makes such an association of an event's empty property. */
    @Test
    void shouldNotFindByAnAssociationWithoutValue() {
        AssociationValue empty = new AssociationValue("unique", null);
        store.insertSaga(Counter.class, id, new Counter(1), Set.of(association, empty));

        assertThat(store.findSagas(Counter.class, association)).containsExactly(id);
        assertThat(store.findSagas(Counter.class, empty)).isEmpty();
        assertThat(store.<Counter>loadSaga(Counter.class, id).associationValues())
                .containsExactlyInAnyOrder(association, empty);

        store.deleteSaga(Counter.class, id, Set.of(association, empty));
        assertThat(store.<Counter>loadSaga(Counter.class, id)).isNull();
    }

    @Test
    void shouldKeepTypesApart() {
        store.insertSaga(Counter.class, id, new Counter(1), Set.of(association));

        assertThat(store.findSagas(Other.class, association)).isEmpty();
        assertThat(store.findSagas(Counter.class, association)).containsExactly(id);
    }

    @Test
    void shouldUpdateStateAndAssociations() {
        store.insertSaga(Counter.class, id, new Counter(1), Set.of(association, ORDER));
        AssociationValuesImpl changed = new AssociationValuesImpl(Set.of(association, ORDER));
        changed.remove(association);
        AssociationValue added = new AssociationValue("added", id);
        changed.add(added);

        store.updateSaga(Counter.class, id, new Counter(2), changed);

        SagaStore.Entry<Counter> entry = store.loadSaga(Counter.class, id);
        assertThat(entry.saga().getCount()).isEqualTo(2);
        assertThat(entry.associationValues()).containsExactlyInAnyOrder(ORDER, added);
        assertThat(store.findSagas(Counter.class, association)).isEmpty();
        assertThat(store.findSagas(Counter.class, added)).containsExactly(id);
    }

    @Test
    void shouldFindByAnAssociationThatWasRemovedAndAddedAgain() {
        store.insertSaga(Counter.class, id, new Counter(1), Set.of(association));
        AssociationValuesImpl without = new AssociationValuesImpl(Set.of(association));
        without.remove(association);
        store.updateSaga(Counter.class, id, new Counter(2), without);
        AssociationValuesImpl again = new AssociationValuesImpl();
        again.add(association);
        store.updateSaga(Counter.class, id, new Counter(3), again);

        assertThat(store.findSagas(Counter.class, association)).containsExactly(id);
    }

    @Test
    void shouldDeleteASagaAndItsAssociations() {
        store.insertSaga(Counter.class, id, new Counter(1), Set.of(association, CUSTOMER));
        assertThat(store.findSagas(Counter.class, association)).containsExactly(id);

        store.deleteSaga(Counter.class, id, Set.of(association));

        assertThat(store.<Counter>loadSaga(Counter.class, id)).isNull();
        assertThat(store.findSagas(Counter.class, association)).isEmpty();
        assertThat(store.findSagas(Counter.class, CUSTOMER)).doesNotContain(id);
    }

    @Test
    void shouldIgnoreTheDeletionOfAnUnknownSaga() {
        store.insertSaga(Counter.class, id, new Counter(1), Set.of(association));

        store.deleteSaga(Counter.class, "unknown", Set.of(association));

        assertThat(store.findSagas(Counter.class, association)).containsExactly(id);
    }

    @Test
    void shouldRefuseAnUpdateOfASagaThatAnotherHasChanged() {
        store.insertSaga(Counter.class, id, new Counter(1), Set.of(association));
        UnitOfWork<?> slow = started("event");
        store.loadSaga(Counter.class, id);
        CurrentUnitOfWork.clear(slow);
        update(2);

        CurrentUnitOfWork.set(slow);
        assertThatExceptionOfType(AxonTransientException.class)
                .isThrownBy(() -> store.updateSaga(Counter.class, id, new Counter(9), new AssociationValuesImpl()));
        slow.rollback();
        assertThat(store.<Counter>loadSaga(Counter.class, id).saga().getCount()).isEqualTo(2);
    }

    @Test
    void shouldRefuseToDeleteASagaThatAnotherHasChanged() {
        store.insertSaga(Counter.class, id, new Counter(1), Set.of(association));
        UnitOfWork<?> slow = started("event");
        store.loadSaga(Counter.class, id);
        CurrentUnitOfWork.clear(slow);
        update(2);

        CurrentUnitOfWork.set(slow);
        assertThatExceptionOfType(AxonTransientException.class)
                .isThrownBy(() -> store.deleteSaga(Counter.class, id, Set.of(association)));
        slow.rollback();
        assertThat(store.findSagas(Counter.class, association)).containsExactly(id);
    }

    @Test
    void shouldRefuseAnUpdateOfASagaThatHasEnded() {
        store.insertSaga(Counter.class, id, new Counter(1), Set.of(association));
        UnitOfWork<?> slow = started("event");
        store.loadSaga(Counter.class, id);
        CurrentUnitOfWork.clear(slow);
        store.deleteSaga(Counter.class, id, Set.of(association));

        CurrentUnitOfWork.set(slow);
        assertThatExceptionOfType(AxonTransientException.class)
                .isThrownBy(() -> store.updateSaga(Counter.class, id, new Counter(9), new AssociationValuesImpl()));
        slow.rollback();
        assertThat(store.<Counter>loadSaga(Counter.class, id)).isNull();
    }

    @Test
    void shouldUpdateTwiceInOneUnitOfWork() {
        UnitOfWork<?> unitOfWork = started("event");
        store.insertSaga(Counter.class, id, new Counter(1), Set.of(association));
        store.updateSaga(Counter.class, id, new Counter(2), new AssociationValuesImpl(Set.of(association)));
        store.updateSaga(Counter.class, id, new Counter(3), new AssociationValuesImpl(Set.of(association)));
        unitOfWork.commit();

        assertThat(store.<Counter>loadSaga(Counter.class, id).saga().getCount()).isEqualTo(3);
    }

    @Test
    void shouldStartOneSagaByOneEvent() {
        String event = UUID.randomUUID().toString();
        String second = UUID.randomUUID().toString();

        start(event, id);
        start(event, second);

        assertThat(store.findSagas(Counter.class, association)).containsExactly(id);
        assertThat(store.<Counter>loadSaga(Counter.class, second)).isNull();
    }

    @Test
    void shouldNotStartASagaAgainThatHasEnded() {
        String event = UUID.randomUUID().toString();
        start(event, id);
        assertThat(store.findSagas(Counter.class, association)).containsExactly(id);
        store.deleteSaga(Counter.class, id, Set.of(association));

        start(event, UUID.randomUUID().toString());

        assertThat(store.findSagas(Counter.class, association)).isEmpty();
    }

    @Test
    void shouldStartSagasOfDifferentTypesAndByDifferentEvents() {
        String another = UUID.randomUUID().toString();
        start(UUID.randomUUID().toString(), id);
        start(UUID.randomUUID().toString(), another);

        assertThat(store.findSagas(Counter.class, association)).containsExactlyInAnyOrder(id, another);
    }

    @Test
    void shouldStartOneSagaWhenManyNodesHandleTheSameEvent() throws Exception {
        String event = UUID.randomUUID().toString();

        Concurrently.run(Collections.nCopies(8, () -> {
            startUntilDecided(event, UUID.randomUUID().toString());
            return true;
        }));

        assertThat(store.findSagas(Counter.class, association))
                .hasSize(1)
                .allSatisfy(only ->
                        assertThat(store.<Counter>loadSaga(Counter.class, only)).isNotNull());
    }

    private void startUntilDecided(String event, String saga) {
        while (true) {
            try {
                start(event, saga);
                return;
            } catch (AxonTransientException e) {
                // As a processor would: the event comes again.
                CurrentUnitOfWork.ifStarted(UnitOfWork::rollback);
            }
        }
    }

    /** Starts a saga as Axon's repository does. */
    private void start(String event, String saga) {
        UnitOfWork<?> unitOfWork = started(event);
        Counter counter = new Counter(1);
        recording(injected -> {}).injectResources(counter);
        store.insertSaga(Counter.class, saga, counter, Set.of(association));
        unitOfWork.commit();
    }

    private void update(int count) {
        UnitOfWork<?> unitOfWork = started("another event");
        store.loadSaga(Counter.class, id);
        store.updateSaga(Counter.class, id, new Counter(count), new AssociationValuesImpl(Set.of(association)));
        unitOfWork.commit();
    }

    private static UnitOfWork<?> started(String eventIdentifier) {
        EventMessage<?> event =
                new GenericEventMessage<>(eventIdentifier, "payload", MetaData.emptyInstance(), Instant.EPOCH);
        return DefaultUnitOfWork.startAndGet(event);
    }
}
