package io.metachat.axon.eventstoredb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.StreamMetadata;
import io.metachat.axon.eventstoredb.Backoff;
import io.metachat.axon.eventstoredb.EventTypeRegistry;
import io.metachat.axon.eventstoredb.MultipleStreamsException;
import io.metachat.axon.eventstoredb.PartialAppendException;
import io.metachat.axon.eventstoredb.RetryPolicy;
import io.metachat.axon.eventstoredb.StreamNames;
import io.metachat.axon.eventstoredb.StreamTombstonedException;
import io.metachat.axon.eventstoredb.UnregisteredEventTypeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.snapshotting.RevisionSnapshotFilter;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.Revision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventStoreDbEventStorageEngineTest {

    @RegisterExtension
    static final TestStore STORE = new TestStore();

    private final StreamNames names = TestStore.freshNames();
    private final String aggregate = TestEvents.aggregate();
    private final RecordingObserver observer = new RecordingObserver();
    private final JsonMapper mapper = new JsonMapper();

    private EventStoreDBClient client;
    private EventStoreDbConnection connection;
    private EventStoreDbEventStorageEngine engine;

    @BeforeEach
    void connect() {
        client = EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(STORE.connectionString()));
        connection = EventStoreDbConnection.open(
                STORE.connectionString(),
                Duration.ofSeconds(5),
                new RetryPolicy(new Backoff(Duration.ofMillis(20), Duration.ofMillis(100)), Duration.ofSeconds(5)),
                new Backoff(Duration.ofMillis(20), Duration.ofMillis(100)),
                observer);
        engine = TestEngines.engine(connection, names);
    }

    @AfterEach
    void disconnect() throws ExecutionException, InterruptedException {
        connection.close();
        client.shutdown().get();
    }

    @Test
    void shouldStoreStandardTypesAndMetadata() throws Exception {
        EventMessage<?> event = TestEvents.event(aggregate, 0)
                .withMetaData(Map.of("traceId", "the flow", "correlationId", "the cause", "tenant", "north"));
        engine.appendEvents(event);
        RecordedEvent recorded = raw(names.aggregate(aggregate)).get(0);
        assertThat(recorded.getEventId()).isEqualTo(UUID.fromString(event.getIdentifier()));
        assertThat(recorded.getEventType()).isEqualTo("test.TextWritten.v1");
        assertThat(recorded.getContentType()).isEqualTo("application/json");
        assertThat(recorded.getRevision()).isZero();
        assertThat(mapper.readTree(recorded.getEventData()).stringValue()).isEqualTo(aggregate + "@0");
        JsonNode metadata = mapper.readTree(recorded.getUserMetadata());
        assertThat(metadata.get("$correlationId").stringValue()).isEqualTo("the flow");
        assertThat(metadata.get("$causationId").stringValue()).isEqualTo("the cause");
        assertThat(metadata.get("tenant").stringValue()).isEqualTo("north");
        assertThat(metadata.has("traceId")).isFalse();
        assertThat(engine.readEvents(aggregate).next().getMetaData())
                .containsEntry("traceId", "the flow")
                .containsEntry("correlationId", "the cause")
                .containsEntry("$correlationId", "the flow")
                .containsEntry("tenant", "north")
                .doesNotContainKeys("$traceId", "$spanId");
    }

    @Test
    void shouldKeepCorrelationMetadataThatAlreadyHasTheServersNames() throws Exception {
        MetaData metaData = MetaData.from(Map.of("$correlationId", "request 7", "$causationId", "command 8"));
        engine.appendEvents(TestEvents.event(aggregate, 0).withMetaData(metaData));
        JsonNode metadata =
                mapper.readTree(raw(names.aggregate(aggregate)).get(0).getUserMetadata());
        assertThat(metadata.get("$correlationId").stringValue()).isEqualTo("request 7");
        assertThat(metadata.get("$causationId").stringValue()).isEqualTo("command 8");
        assertThat(engine.readEvents(aggregate).next().getMetaData()).containsAllEntriesOf(metaData);
    }

    @Test
    void shouldAppendTheEventsOfAnAggregateAtomically() {
        engine.appendEvents(TestEvents.events(aggregate, 0, 50));
        assertThat(observer.events).hasValue(50);
        assertThatThrownBy(() -> engine.appendEvents(TestEvents.events(aggregate, 49, 60)))
                .isInstanceOf(ConcurrencyException.class);
        assertThat(engine.lastSequenceNumberFor(aggregate)).contains(49L);
        assertThat(observer.conflicts).hasValue(1);
    }

    /** Axon's own store polls once an hour here, so an event that arrives immediately was notified. */
    @Test
    void shouldNotifyAxonsPollingStoreOfNewEvents() throws InterruptedException {
        EmbeddedEventStore polling = EmbeddedEventStore.builder()
                .storageEngine(engine)
                .fetchDelay(TimeUnit.HOURS.toMillis(1))
                .build();
        String aggregate = TestEvents.aggregate();
        try (TrackingEventStream stream = polling.openStream(null)) {
            assertThat(stream.hasNextAvailable()).isFalse();
            polling.publish(TestEvents.events(aggregate, 0, 2));
            assertThat(TestConsumers.payloads(TestConsumers.take(stream, 2)))
                    .containsExactly(TestConsumers.payloads(aggregate, 0, 2));
        } finally {
            polling.shutDown();
        }
    }

    @Test
    void shouldReadOneEventAlone() {
        engine.appendEvents(TestEvents.events(aggregate, 0, 5));
        assertThat(engine.readEvent(aggregate, 3)).hasValueSatisfying(event -> {
            assertThat(event.getSequenceNumber()).isEqualTo(3);
            assertThat((Object) event.getPayload()).isEqualTo(aggregate + "@3");
            assertThat(event.getAggregateIdentifier()).isEqualTo(aggregate);
        });
        assertThat(engine.readEvent(aggregate, 5)).isEmpty();
        assertThat(engine.readEvent(aggregate + "0", 0)).isEmpty();
    }

    @Test
    void shouldReadEventsOfOtherApplications() throws Exception {
        client.appendToStream(
                        names.aggregate(aggregate),
                        EventData.builderAsBinary("SomethingElse", new byte[] {1, 2, 3})
                                .build())
                .get();
        DomainEventMessage<?> event = engine.readEvents(aggregate).next();
        assertThat(event.getPayloadType().getSimpleName()).isEqualTo("UnknownSerializedType");
        assertThat(event.getMetaData()).isEmpty();
        assertThat(event.getType()).isEmpty();
        assertThat(event.getTimestamp()).isNotNull();
    }

    @Test
    void shouldRefuseARevisionOtherThanTheCurrentOne() {
        EventStoreDbEventStorageEngine newer = TestEngines.engine(
                connection,
                names,
                builder -> builder.eventTypes(EventTypeRegistry.builder()
                        .register(TestEngines.TEXT, 2, String.class)
                        .build()));
        newer.appendEvents(TestEvents.event(aggregate, 0));
        assertThatThrownBy(() -> engine.readEvents(aggregate).next())
                .isInstanceOf(UnregisteredEventTypeException.class)
                .hasMessageContaining("revision 1")
                .hasMessageContaining("revision 2");
    }

    @Test
    void shouldRefusePayloadsThatAreNotRegistered() {
        assertThatThrownBy(() -> engine.appendEvents(GenericEventMessage.asEventMessage(42)))
                .isInstanceOf(UnregisteredEventTypeException.class)
                .hasMessageContaining("java.lang.Integer");
    }

    @Test
    void shouldRefuseIdentifiersThatNameOtherStreams() {
        for (String reserved : List.of("$all", "snapshot-1", "event-shop", "timeindex-all", "")) {
            assertThatThrownBy(() -> engine.appendEvents(TestEvents.event(reserved, 0)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldRefuseASecondStreamLaterInTheSameUnitOfWork() {
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(null);
        try {
            engine.appendEvents(TestEvents.event(aggregate, 0));
            engine.appendEvents(TestEvents.event(aggregate, 1));
            assertThatThrownBy(() -> engine.appendEvents(GenericEventMessage.asEventMessage("another stream")))
                    .isInstanceOf(MultipleStreamsException.class)
                    .hasMessageContaining(aggregate)
                    .hasMessageContaining("event-test");
        } finally {
            unitOfWork.rollback();
        }
    }

    @Test
    void shouldReportTheStoredStreamsWhenBestEffortFailsHalfWay() {
        String taken = TestEvents.aggregate();
        engine.appendEvents(TestEvents.event(taken, 0));
        EventStoreDbEventStorageEngine bestEffort =
                TestEngines.engine(connection, names, builder -> builder.allowMultipleStreams(true));
        assertThatThrownBy(() -> bestEffort.appendEvents(
                        TestEvents.event(aggregate, 0),
                        TestEvents.event(taken, 0),
                        GenericEventMessage.asEventMessage("never tried")))
                .isInstanceOfSatisfying(PartialAppendException.class, partial -> {
                    assertThat(partial.appended()).containsExactly(names.aggregate(aggregate));
                    assertThat(partial.failed()).isEqualTo(names.aggregate(taken));
                })
                .hasCauseInstanceOf(AggregateStreamCreationException.class);
        assertThat(engine.readEvents(null, false)).hasSize(2);
    }

    @Test
    void shouldReportATombstonedStream() throws Exception {
        engine.appendEvents(TestEvents.event(aggregate, 0));
        client.tombstoneStream(names.aggregate(aggregate)).get();
        assertThatThrownBy(() -> engine.appendEvents(TestEvents.event(aggregate, 1)))
                .isInstanceOf(StreamTombstonedException.class);
        assertThatThrownBy(() -> engine.readEvents(aggregate).hasNext()).isInstanceOf(StreamTombstonedException.class);
    }

    @Test
    void shouldKeepOnlyTheLastSnapshots() throws Exception {
        for (int i = 0; i < 5; i++) {
            engine.storeSnapshot(TestEvents.event(aggregate, i));
        }
        StreamMetadata metadata =
                client.getStreamMetadata(names.snapshot(aggregate)).get();
        assertThat(metadata.getMaxCount()).isEqualTo(2);
        assertThat(raw(names.snapshot(aggregate))).hasSize(2);
        assertThat(engine.readSnapshot(aggregate))
                .hasValueSatisfying(
                        snapshot -> assertThat(snapshot.getSequenceNumber()).isEqualTo(4));
    }

    @Test
    void shouldSkipABrokenSnapshot() throws Exception {
        engine.storeSnapshot(TestEvents.event(aggregate, 3));
        client.appendToStream(
                        names.snapshot(aggregate),
                        EventData.builderAsJson("snapshot", "no JSON".getBytes(StandardCharsets.UTF_8))
                                .metadataAsBytes(
                                        ("{\"axon-snapshot-type\":\"java.util.Map\"," + "\"axon-snapshot-sequence\":9}")
                                                .getBytes(StandardCharsets.UTF_8))
                                .build())
                .get();
        assertThat(engine.readSnapshot(aggregate))
                .hasValueSatisfying(
                        snapshot -> assertThat(snapshot.getSequenceNumber()).isEqualTo(3));
        assertThat(observer.snapshotsSkipped).hasValue(1);
    }

    @Revision("2")
    record Shelf(String label) {}

    @Test
    void shouldLeaveSnapshotsOfAnotherRevisionToTheFilter() {
        DomainEventMessage<?> snapshot = new GenericDomainEventMessage<>("Shelf", aggregate, 5, new Shelf("top"));
        engine.storeSnapshot(snapshot);
        assertThat(engine.readSnapshot(aggregate))
                .hasValueSatisfying(read -> assertThat(read.getPayload()).isEqualTo(new Shelf("top")));
        EventStoreDbEventStorageEngine later = TestEngines.engine(
                connection,
                names,
                builder -> builder.snapshotFilter(RevisionSnapshotFilter.builder()
                        .type("Shelf")
                        .revision("3")
                        .build()));
        assertThat(later.readSnapshot(aggregate)).isEmpty();
    }

    private List<RecordedEvent> raw(String stream) throws Exception {
        return client.readStream(stream, ReadStreamOptions.get().forwards().fromStart()).get().getEvents().stream()
                .map(ResolvedEvent::getEvent)
                .toList();
    }
}
