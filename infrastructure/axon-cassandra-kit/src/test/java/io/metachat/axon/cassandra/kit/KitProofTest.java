package io.metachat.axon.cassandra.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.axonframework.deadline.AbstractDeadlineManager;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.ScopeAware;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValues;
import org.axonframework.modelling.saga.ResourceInjector;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** A store that does nothing must fail every test of its kit, and no test of a kit may be skipped. */
class KitProofTest {

    @Test
    void shouldFailATokenStoreThatDoesNothing() {
        assertThatAllFail(IdleTokenStore.class, TokenStoreContract.class);
    }

    @Test
    void shouldFailASagaStoreThatDoesNothing() {
        assertThatAllFail(IdleSagaStore.class, SagaStoreContract.class);
    }

    @Test
    void shouldFailADeadlineManagerThatDoesNothing() {
        assertThatAllFail(IdleDeadlineManager.class, DeadlineManagerContract.class);
    }

    @Test
    void shouldFailADeadLetterQueueThatDoesNothing() {
        assertThatAllFail(IdleDeadLetterQueue.class, DeadLetterQueueContract.class);
    }

    private static void assertThatAllFail(Class<?> tests, Class<?> contract) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute();
        Events events = results.testEvents();
        assertThat(events.started().count()).isPositive().isGreaterThanOrEqualTo(testsOf(contract));
        assertThat(events.skipped().count()).isZero();
        assertThat(events.succeeded().stream()
                        .map(event -> event.getTestDescriptor().getDisplayName()))
                .isEmpty();
    }

    /** Counts the tests of a contract and of its nested classes, none of which the engine may miss. */
    private static long testsOf(Class<?> contract) {
        return Stream.concat(Stream.of(contract), Stream.of(contract.getDeclaredClasses()))
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
                .count();
    }

    static class IdleTokenStore extends TokenStoreContract {

        @Override
        protected TokenStore storeOf(String node) {
            return new TokenStore() {

                @Override
                public void initializeTokenSegments(String processorName, int segmentCount) {}

                @Override
                public void initializeTokenSegments(
                        String processorName, int segmentCount, TrackingToken initialToken) {}

                @Override
                public void initializeSegment(TrackingToken token, String processorName, int segment) {}

                @Override
                public void storeToken(TrackingToken token, String processorName, int segment) {}

                @Override
                public TrackingToken fetchToken(String processorName, int segment) {
                    return null;
                }

                @Override
                public void releaseClaim(String processorName, int segment) {}

                @Override
                public void deleteToken(String processorName, int segment) {}

                @Override
                public int[] fetchSegments(String processorName) {
                    return new int[0];
                }
            };
        }

        @Override
        protected Duration claimTimeout() {
            return Duration.ofMillis(10);
        }
    }

    static class IdleSagaStore extends SagaStoreContract {

        @Override
        protected SagaStore<Object> store() {
            return new SagaStore<>() {

                @Override
                public Set<String> findSagas(Class<?> sagaType, AssociationValue associationValue) {
                    return Set.of();
                }

                @Override
                public <S> Entry<S> loadSaga(Class<S> sagaType, String sagaIdentifier) {
                    return null;
                }

                @Override
                public void deleteSaga(
                        Class<?> sagaType, String sagaIdentifier, Set<AssociationValue> associationValues) {}

                @Override
                public void insertSaga(
                        Class<?> sagaType,
                        String sagaIdentifier,
                        Object saga,
                        Set<AssociationValue> associationValues) {}

                @Override
                public void updateSaga(
                        Class<?> sagaType, String sagaIdentifier, Object saga, AssociationValues associationValues) {}
            };
        }

        @Override
        protected ResourceInjector recording(ResourceInjector injector) {
            return injector;
        }
    }

    static class IdleDeadlineManager extends DeadlineManagerContract {

        @Override
        protected DeadlineManager createNode(String group, String node, ScopeAware component) {
            return new AbstractDeadlineManager() {

                @Override
                public String schedule(
                        Instant triggerDateTime, String deadlineName, Object payload, ScopeDescriptor scope) {
                    return UUID.randomUUID().toString();
                }

                @Override
                public void cancelSchedule(String deadlineName, String scheduleId) {}

                @Override
                public void cancelAll(String deadlineName) {}

                @Override
                public void cancelAllWithinScope(String deadlineName, ScopeDescriptor scope) {}
            };
        }

        @Override
        protected void start(DeadlineManager node) {}

        @Override
        protected Duration patience() {
            return Duration.ofMillis(10);
        }
    }

    static class IdleDeadLetterQueue extends DeadLetterQueueContract {

        @Override
        protected SequencedDeadLetterQueue<EventMessage<?>> queueOf(String processingGroup, String node) {
            return new SequencedDeadLetterQueue<>() {

                @Override
                public void enqueue(Object sequenceIdentifier, DeadLetter<? extends EventMessage<?>> letter) {}

                @Override
                public void evict(DeadLetter<? extends EventMessage<?>> letter) {}

                @Override
                public void requeue(
                        DeadLetter<? extends EventMessage<?>> letter,
                        UnaryOperator<DeadLetter<? extends EventMessage<?>>> letterUpdater) {}

                @Override
                public boolean contains(Object sequenceIdentifier) {
                    return false;
                }

                @Override
                public Iterable<DeadLetter<? extends EventMessage<?>>> deadLetterSequence(Object sequenceIdentifier) {
                    return List.of();
                }

                @Override
                public Iterable<Iterable<DeadLetter<? extends EventMessage<?>>>> deadLetters() {
                    return List.of();
                }

                @Override
                public boolean isFull(Object sequenceIdentifier) {
                    return false;
                }

                @Override
                public long size() {
                    return 0;
                }

                @Override
                public long sequenceSize(Object sequenceIdentifier) {
                    return 0;
                }

                @Override
                public long amountOfSequences() {
                    return 0;
                }

                @Override
                public boolean process(
                        Predicate<DeadLetter<? extends EventMessage<?>>> sequenceFilter,
                        Function<DeadLetter<? extends EventMessage<?>>, EnqueueDecision<EventMessage<?>>> task) {
                    return false;
                }

                @Override
                public void clear() {}
            };
        }

        @Override
        protected Duration claim() {
            return Duration.ofMillis(10);
        }

        @Override
        protected Duration patience() {
            return Duration.ofMillis(10);
        }
    }
}
