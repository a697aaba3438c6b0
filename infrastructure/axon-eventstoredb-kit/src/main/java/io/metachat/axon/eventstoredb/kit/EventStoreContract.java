package io.metachat.axon.eventstoredb.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.axon.eventstoredb.AppendTooLargeException;
import io.metachat.axon.eventstoredb.EventTypeRegistry;
import io.metachat.axon.eventstoredb.MultipleStreamsException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The contract of an Axon event store on EventStoreDB. Extend it, open your store in {@link #open}, and run the subclass as
 * a test class. A store that does nothing fails every test.
 *
 * <p>Not asserted: behaviour while the server is away or after it is killed, ordered best effort over several streams,
 * tombstoned streams, the layout of streams and the format of events, the values of positions, metrics, and speed.
 */
public abstract class EventStoreContract {

    private static final int TIMEOUT_SECONDS = 20;
    private static final int WRITERS = 4;
    private static final int EVENTS_EACH = 25;
    private static final String TYPE = "Notebook";

    private final List<EventStore> opened = new ArrayList<>();
    private final String aggregate = "notebook-" + UUID.randomUUID();
    private ContractSetup setup;
    private EventStore store;

    protected EventStoreContract() {
        this.setup = new ContractSetup(
                "kit" + UUID.randomUUID().toString().substring(0, 8) + "-", Written.TYPES, Written.UPCASTER);
    }

    /** Opens a store; several are open at a time, some on the same events. */
    protected abstract EventStore open(ContractSetup setup);

    /** Closes a store that {@link #open} gave. */
    protected abstract void close(EventStore store);

    @BeforeEach
    final void openStore() {
        store = opened(setup);
    }

    @AfterEach
    final void closeStores() {
        opened.forEach(this::close);
    }

    /** Reading the events of one aggregate. */
    @Nested
    class Reads {

        @Test
        void shouldReadBackAnAppendedEvent() {
            Instant published = Instant.parse("2026-03-04T05:06:07.089Z");
            DomainEventMessage<Written> event = new GenericDomainEventMessage<>(
                    TYPE,
                    aggregate,
                    0,
                    new GenericMessage<>(new Written("tea"), Map.of("tenant", "north", "attempt", 3, "urgent", true)),
                    () -> published);
            store.publish(event);
            assertThat(stored()).singleElement().satisfies(read -> {
                assertThat(read.getIdentifier()).isEqualTo(event.getIdentifier());
                assertThat(read.getAggregateIdentifier()).isEqualTo(aggregate);
                assertThat(read.getType()).isEqualTo(TYPE);
                assertThat(read.getSequenceNumber()).isZero();
                assertThat(read.getTimestamp()).isEqualTo(published);
                assertThat(read.getPayload()).isEqualTo(new Written("tea"));
                assertThat(read.getMetaData())
                        .isEqualTo(MetaData.from(Map.of("tenant", "north", "attempt", 3, "urgent", true)));
            });
        }

        @Test
        void shouldReadFromASequenceNumber() {
            store.publish(events(0, 700));
            assertThat(store.readEvents(aggregate, 650).asStream().map(DomainEventMessage::getSequenceNumber))
                    .containsExactlyElementsOf(
                            LongStream.range(650, 700).boxed().toList());
        }

        @Test
        void shouldReturnTheLastSequenceNumber() {
            assertThat(store.lastSequenceNumberFor(aggregate)).isEmpty();
            store.publish(events(0, 3));
            assertThat(store.lastSequenceNumberFor(aggregate)).contains(2L);
        }

        @Test
        void shouldKeepIdentifiersThatAreNotUuids() {
            DomainEventMessage<Written> event = new GenericDomainEventMessage<>(
                    TYPE, aggregate, 0, new Written("named"), MetaData.emptyInstance(), "chosen name", Instant.now());
            store.publish(event);
            store.publish(event);
            assertThat(stored())
                    .singleElement()
                    .satisfies(read -> assertThat(read.getIdentifier()).isEqualTo("chosen name"));
        }
    }

    /** Writers that meet on one aggregate. */
    @Nested
    class Conflicts {

        @Test
        void shouldRefuseToCreateAnAggregateTwice() {
            store.publish(event(0));
            assertThatThrownBy(() -> store.publish(event(0))).isInstanceOf(AggregateStreamCreationException.class);
            assertThat(stored()).hasSize(1);
        }

        @Test
        void shouldRefuseAnEventThatAnotherWriterAppendedFirst() {
            store.publish(events(0, 3));
            assertThatThrownBy(() -> store.publish(event(2)))
                    .isInstanceOf(ConcurrencyException.class)
                    .isNotInstanceOf(AggregateStreamCreationException.class);
            assertThat(stored()).hasSize(3);
        }

        @Test
        void shouldRefuseAnEventAfterAGap() {
            store.publish(event(0));
            assertThatThrownBy(() -> store.publish(event(2))).isInstanceOf(ConcurrencyException.class);
            assertThat(stored()).hasSize(1);
        }

        @Test
        void shouldStoreEventsOnceThatAreRepublishedAfterAnUnknownOutcome() {
            List<DomainEventMessage<Written>> events = events(0, 3);
            store.publish(events);
            store.publish(events);
            store.publish(event(3));
            store.publish(events);
            assertThat(stored())
                    .extracting(DomainEventMessage::getSequenceNumber)
                    .containsExactly(0L, 1L, 2L, 3L);
        }
    }

    /** All events of a publication, or none. */
    @Nested
    class Atomicity {

        @Test
        void shouldAppendAllEventsOfAPublicationOrNone() {
            store.publish(events(0, 2));
            assertThatThrownBy(() -> store.publish(events(1, 4))).isInstanceOf(ConcurrencyException.class);
            assertThat(stored()).hasSize(2);
        }

        @Test
        void shouldRefuseOneAppendToSeveralAggregates() {
            DomainEventMessage<Written> other =
                    new GenericDomainEventMessage<>(TYPE, "notebook-" + UUID.randomUUID(), 0, new Written("elsewhere"));
            assertThatThrownBy(() -> store.publish(event(0), other))
                    .isInstanceOfSatisfying(
                            MultipleStreamsException.class,
                            refused -> assertThat(refused.streams()).hasSize(2));
            assertThat(stored()).isEmpty();
        }

        @Test
        void shouldRefuseAnAppendThatIsTooLarge() {
            List<DomainEventMessage<Written>> large = IntStream.range(0, 3)
                    .mapToObj(i -> event(i, new Written("x".repeat(400_000))))
                    .toList();
            assertThatThrownBy(() -> store.publish(large)).isInstanceOf(AppendTooLargeException.class);
            assertThat(stored()).isEmpty();
            large.forEach(store::publish);
            assertThat(stored()).hasSize(3);
        }
    }

    /** Streams of all events. */
    @Nested
    class Consumers {

        @Test
        void shouldDeliverStoredEventsAndThenNewOnes() throws InterruptedException {
            store.publish(events(0, 3));
            try (BlockingStream<TrackedEventMessage<?>> stream = store.openStream(null)) {
                assertThat(texts(take(stream, 3))).containsExactly("0", "1", "2");
                store.publish(events(3, 5));
                assertThat(texts(take(stream, 2))).containsExactly("3", "4");
            }
        }

        @Test
        void shouldDeliverTheSameOrderToEveryConsumer() throws InterruptedException, ExecutionException {
            ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
            try (BlockingStream<TrackedEventMessage<?>> early = store.openStream(null)) {
                List<Future<?>> writing = IntStream.range(0, WRITERS)
                        .<Future<?>>mapToObj(writer -> writers.submit(() -> publishOneByOne("notebook-" + writer)))
                        .toList();
                List<TrackedEventMessage<?>> first = take(early, WRITERS * EVENTS_EACH);
                for (Future<?> written : writing) {
                    written.get();
                }
                try (BlockingStream<TrackedEventMessage<?>> late = store.openStream(null)) {
                    List<TrackedEventMessage<?>> second = take(late, WRITERS * EVENTS_EACH);
                    assertThat(second)
                            .extracting(EventMessage::getIdentifier)
                            .containsExactlyElementsOf(first.stream()
                                    .map(EventMessage::getIdentifier)
                                    .toList());
                }
                for (int writer = 0; writer < WRITERS; writer++) {
                    String notebook = "notebook-" + writer;
                    assertThat(first.stream()
                                    .map(event -> (DomainEventMessage<?>) event)
                                    .filter(event ->
                                            event.getAggregateIdentifier().equals(notebook))
                                    .map(DomainEventMessage::getSequenceNumber))
                            .containsExactlyElementsOf(
                                    LongStream.range(0, EVENTS_EACH).boxed().toList());
                }
            } finally {
                writers.shutdownNow();
            }
        }

        @Test
        void shouldKeepEventsWithoutAnAggregate() throws InterruptedException {
            EventMessage<Written> event = new GenericEventMessage<>(new Written("rain"), Map.of("source", "the sky"));
            store.publish(event);
            store.publish(GenericEventMessage.asEventMessage(new Written("sun")));
            try (BlockingStream<TrackedEventMessage<?>> stream = store.openStream(null)) {
                List<TrackedEventMessage<?>> read = take(stream, 2);
                assertThat(read.get(0)).isNotInstanceOf(DomainEventMessage.class);
                assertThat(read.get(0).getIdentifier()).isEqualTo(event.getIdentifier());
                assertThat(read.get(0).getMetaData()).isEqualTo(event.getMetaData());
                assertThat(texts(read)).containsExactly("rain", "sun");
            }
        }
    }

    /** Positions that a consumer can resume from. */
    @Nested
    class Tokens {

        @Test
        void shouldResumeAfterEveryToken() throws InterruptedException {
            store.publish(events(0, 6));
            List<TrackedEventMessage<?>> all;
            try (BlockingStream<TrackedEventMessage<?>> stream = store.openStream(null)) {
                all = take(stream, 6);
            }
            for (int i = 0; i < 5; i++) {
                try (BlockingStream<TrackedEventMessage<?>> stream =
                        store.openStream(all.get(i).trackingToken())) {
                    assertThat(take(stream, 1).get(0).getIdentifier())
                            .isEqualTo(all.get(i + 1).getIdentifier());
                }
                TrackingToken next = all.get(i + 1).trackingToken();
                assertThat(next.covers(all.get(i).trackingToken())).isTrue();
                assertThat(all.get(i).trackingToken().covers(next)).isFalse();
            }
        }

        @Test
        void shouldReturnHeadAndTailTokens() throws InterruptedException {
            assertThat(store.createHeadToken()).isNull();
            store.publish(events(0, 2));
            @Nullable TrackingToken head = store.createHeadToken();
            try (BlockingStream<TrackedEventMessage<?>> fromTail = store.openStream(store.createTailToken());
                    BlockingStream<TrackedEventMessage<?>> fromHead = store.openStream(head)) {
                assertThat(take(fromTail, 2).get(1).trackingToken()).isEqualTo(head);
                store.publish(event(2));
                assertThat(texts(take(fromHead, 1))).containsExactly("2");
            }
        }

        @Test
        void shouldFindTheTokenOfAnInstant() throws InterruptedException {
            Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            for (int i = 0; i < 10; i++) {
                Instant published = start.plusSeconds(i);
                store.publish(new GenericDomainEventMessage<>(
                        TYPE, aggregate, i, new GenericMessage<>(new Written(String.valueOf(i))), () -> published));
            }
            for (int i = 0; i < 10; i++) {
                try (BlockingStream<TrackedEventMessage<?>> stream =
                        store.openStream(store.createTokenAt(start.plusSeconds(i)))) {
                    assertThat(texts(take(stream, 1))).containsExactly(String.valueOf(i));
                }
            }
            assertThat(store.createTokenAt(start.plusSeconds(60))).isEqualTo(store.createHeadToken());
        }
    }

    /** Snapshots of an aggregate. */
    @Nested
    class Snapshots {

        @Test
        void shouldBeginWithTheLatestSnapshot() {
            store.publish(events(0, 10));
            store.storeSnapshot(event(7, new Written("snapshot at 7")));
            store.storeSnapshot(event(4, new Written("snapshot at 4")));
            assertThat(stored())
                    .extracting(event -> ((Written) event.getPayload()).text())
                    .containsExactly("snapshot at 7", "8", "9");
        }

        @Test
        void shouldHideSnapshotsFromConsumers() throws InterruptedException {
            store.publish(event(0));
            store.storeSnapshot(event(0, new Written("a snapshot")));
            store.publish(event(1));
            try (BlockingStream<TrackedEventMessage<?>> stream = store.openStream(null)) {
                assertThat(texts(take(stream, 2))).containsExactly("0", "1");
            }
        }
    }

    /** Payloads of older revisions and of other applications. */
    @Nested
    class EventTypes {

        @Test
        void shouldUpcastOlderRevisions() throws InterruptedException {
            EventStore earlier =
                    opened(new ContractSetup(setup.isolation(), Written.First.TYPES, NoOpEventUpcaster.INSTANCE));
            earlier.publish(event(0, new Written.First("of old")));
            store.publish(event(1, new Written("of today")));
            assertThat(stored())
                    .extracting(event -> (Object) event.getPayload())
                    .containsExactly(new Written("of old"), new Written("of today"));
            try (BlockingStream<TrackedEventMessage<?>> stream = store.openStream(null)) {
                assertThat(texts(take(stream, 2))).containsExactly("of old", "of today");
            }
        }

        @Test
        void shouldDeliverEventsOfUnknownTypes() throws InterruptedException {
            store.publish(event(0));
            EventStore stranger = opened(new ContractSetup(
                    setup.isolation(), EventTypeRegistry.builder().build(), NoOpEventUpcaster.INSTANCE));
            try (BlockingStream<TrackedEventMessage<?>> stream = stranger.openStream(null)) {
                TrackedEventMessage<?> event = take(stream, 1).get(0);
                assertThat(event.getPayloadType()).isEqualTo(UnknownSerializedType.class);
                assertThat(event.trackingToken()).isEqualTo(stranger.createHeadToken());
            }
        }
    }

    private EventStore opened(ContractSetup with) {
        EventStore fresh = open(with);
        opened.add(fresh);
        return fresh;
    }

    private void publishOneByOne(String notebook) {
        for (int i = 0; i < EVENTS_EACH; i++) {
            store.publish(new GenericDomainEventMessage<>(TYPE, notebook, i, new Written(notebook + i)));
        }
    }

    private List<? extends DomainEventMessage<?>> stored() {
        return store.readEvents(aggregate).asStream().toList();
    }

    private DomainEventMessage<Written> event(long sequence) {
        return event(sequence, new Written(String.valueOf(sequence)));
    }

    private <T> DomainEventMessage<T> event(long sequence, T payload) {
        return new GenericDomainEventMessage<>(TYPE, aggregate, sequence, payload);
    }

    private List<DomainEventMessage<Written>> events(long from, long to) {
        return LongStream.range(from, to).mapToObj(this::event).toList();
    }

    private static List<String> texts(List<TrackedEventMessage<?>> events) {
        return events.stream()
                .map(event -> ((Written) event.getPayload()).text())
                .toList();
    }

    private static List<TrackedEventMessage<?>> take(BlockingStream<TrackedEventMessage<?>> stream, int count)
            throws InterruptedException {
        List<TrackedEventMessage<?>> events = new ArrayList<>();
        while (events.size() < count) {
            assertThat(stream.hasNextAvailable(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .as("event %d of %d", events.size() + 1, count)
                    .isTrue();
            events.add(stream.nextAvailable());
        }
        return events;
    }
}
