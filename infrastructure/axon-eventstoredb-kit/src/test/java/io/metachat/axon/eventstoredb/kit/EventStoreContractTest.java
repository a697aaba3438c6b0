package io.metachat.axon.eventstoredb.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class EventStoreContractTest {

    /** Only run from here: not a test of its own. */
    static class OfAStoreThatDoesNothing extends EventStoreContract {

        @Override
        protected EventStore open(ContractSetup setup) {
            return new InertEventStore();
        }

        @Override
        protected void close(EventStore store) {
            assertThat(store).isInstanceOf(InertEventStore.class);
        }
    }

    @Test
    void shouldFailOnAStoreThatDoesNothingInEveryTest() {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(OfAStoreThatDoesNothing.class))
                .execute()
                .testEvents();
        long contracts = Arrays.stream(EventStoreContract.class.getDeclaredClasses())
                .flatMap(part -> Arrays.stream(part.getDeclaredMethods()))
                .map(Method::getName)
                .filter(name -> name.startsWith("should"))
                .count();
        assertThat(contracts).isGreaterThanOrEqualTo(21);
        assertThat(tests.succeeded().list()).isEmpty();
        assertThat(tests.skipped().list()).isEmpty();
        assertThat(tests.aborted().list()).isEmpty();
        assertThat(tests.failed().count()).isEqualTo(contracts);
    }

    private static final class InertEventStore implements EventStore {

        @Override
        public void publish(List<? extends EventMessage<?>> events) {
            // Forgets them.
        }

        @Override
        public void storeSnapshot(DomainEventMessage<?> snapshot) {
            // Forgets it.
        }

        @Override
        public DomainEventStream readEvents(String aggregateIdentifier) {
            return DomainEventStream.empty();
        }

        @Override
        public TrackingEventStream openStream(@Nullable TrackingToken trackingToken) {
            return new InertStream();
        }

        @Override
        public @Nullable TrackingToken createTailToken() {
            return null;
        }

        @Override
        public @Nullable TrackingToken createHeadToken() {
            return null;
        }

        @Override
        public Registration subscribe(Consumer<List<? extends EventMessage<?>>> eventProcessor) {
            return () -> true;
        }

        @Override
        public Registration registerDispatchInterceptor(
                MessageDispatchInterceptor<? super EventMessage<?>> dispatchInterceptor) {
            return () -> true;
        }
    }

    private static final class InertStream implements TrackingEventStream {

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return Optional.empty();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) {
            return false;
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() {
            throw new IllegalStateException("There is nothing");
        }

        @Override
        public void close() {
            // Nothing was open.
        }
    }
}
