package io.metachat.axon.eventstoredb.engine;

import io.metachat.axon.eventstoredb.AppendTooLargeException;
import io.metachat.axon.eventstoredb.EventTypeRegistry;
import io.metachat.axon.eventstoredb.MultipleStreamsException;
import io.metachat.axon.eventstoredb.StoreUnavailableException;
import io.metachat.axon.eventstoredb.StreamNames;
import io.metachat.axon.eventstoredb.StreamTombstonedException;
import io.metachat.axon.eventstoredb.UnregisteredEventTypeException;
import io.metachat.axon.eventstoredb.internal.append.ConflictResolver;
import io.metachat.axon.eventstoredb.internal.append.EventAppender;
import io.metachat.axon.eventstoredb.internal.codec.EventCodec;
import io.metachat.axon.eventstoredb.internal.codec.LogicalTypeSerializer;
import io.metachat.axon.eventstoredb.internal.codec.PayloadSerializer;
import io.metachat.axon.eventstoredb.internal.codec.Positions;
import io.metachat.axon.eventstoredb.internal.codec.StoredEvent;
import io.metachat.axon.eventstoredb.internal.connection.CallFailedException;
import io.metachat.axon.eventstoredb.internal.connection.Calls;
import io.metachat.axon.eventstoredb.internal.read.AllReader;
import io.metachat.axon.eventstoredb.internal.read.Snapshots;
import io.metachat.axon.eventstoredb.internal.read.StreamReader;
import io.metachat.axon.eventstoredb.internal.read.TimeIndex;
import io.metachat.axon.eventstoredb.internal.subscription.MessageDecoder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.axonframework.common.AxonConfigurationException;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.eventsourcing.eventstore.AbstractEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

/**
 * Axon's storage engine on EventStoreDB.
 *
 * <p>See {@link StreamNames} for the layout of streams and {@link EventTypeRegistry} for type names. Appends throw:
 *
 * <ul>
 *   <li>{@link org.axonframework.modelling.command.AggregateStreamCreationException} when the stream of an aggregate's
 *       first event exists already,
 *   <li>{@link org.axonframework.modelling.command.ConcurrencyException} when a later event is not the next one,
 *   <li>{@link MultipleStreamsException}, {@link AppendTooLargeException}, {@link UnregisteredEventTypeException} before
 *       anything is sent,
 *   <li>{@link StreamTombstonedException} for a tombstoned stream,
 *   <li>{@link StoreUnavailableException} when the outcome is still unknown after all retries.
 * </ul>
 *
 * <p>Thread-safe.
 */
public class EventStoreDbEventStorageEngine extends AbstractEventStorageEngine {

    private final Calls calls;
    private final StreamNames names;
    private final EventCodec codec;
    private final EventAppender appender;
    private final StreamReader streams;
    private final AllReader all;
    private final Snapshots snapshots;
    private final TimeIndex timeIndex;
    private final PublicationAppender publications;

    protected EventStoreDbEventStorageEngine(Builder builder) {
        super(builder);
        this.calls = builder.requiredConnection().calls();
        this.names = builder.names;
        this.codec = new EventCodec(names, builder.correlationKey, builder.causationKey);
        this.appender = new EventAppender(calls, builder.maxAppendBytes);
        this.streams = new StreamReader(calls, builder.pageSize);
        this.all = new AllReader(calls, names, builder.pageSize);
        this.snapshots = new Snapshots(streams, names, codec, builder.observedSnapshotFilter, calls.observer());
        this.timeIndex = new TimeIndex(calls, streams, names.timeIndex(), builder.timeMarks);
        this.publications = new PublicationAppender(
                names,
                codec,
                appender,
                all,
                timeIndex,
                builder.allowMultipleStreams,
                calls.observer(),
                this::handlePersistenceException);
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        publications.append(events, serializer);
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        String stream = names.snapshot(snapshot.getAggregateIdentifier());
        try {
            appender.appendSnapshot(stream, codec.encodeSnapshot(snapshot, serializer));
        } catch (CallFailedException e) {
            throw e.translated(stream);
        }
    }

    /** Returns the latest readable snapshot that the filter allows; broken ones are logged, counted and skipped. */
    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        return snapshots.latest(aggregateIdentifier, getSnapshotSerializer(), upcasterChain);
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateIdentifier) {
        return snapshots.stored(aggregateIdentifier);
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readEventData(String identifier, long firstSequenceNumber) {
        return streams.forwards(names.aggregate(identifier), firstSequenceNumber)
                .map(event -> codec.decodeDomainEvent(event, identifier));
    }

    @Override
    protected Stream<? extends TrackedEventData<?>> readEventData(
            @Nullable TrackingToken trackingToken, boolean mayBlock) {
        return all.after(Positions.after(trackingToken)).map(codec::decodeTracked);
    }

    /**
     * Reads one event of an aggregate, without the page of later events that {@link #readEvents(String, long)} fetches.
     *
     * @return empty when the aggregate has no event with this sequence number, or it was truncated
     */
    public Optional<DomainEventMessage<?>> readEvent(String aggregateIdentifier, long sequenceNumber) {
        Optional<StoredEvent> stored = streams.at(names.aggregate(aggregateIdentifier), sequenceNumber)
                .filter(event -> event.revision() == sequenceNumber);
        DomainEventStream read = EventStreamUtils.upcastAndDeserializeDomainEvents(
                stored.stream().map(event -> codec.decodeDomainEvent(event, aggregateIdentifier)),
                getEventSerializer(),
                upcasterChain);
        return read.hasNext() ? Optional.of(read.next()) : Optional.empty();
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
        return streams.lastRevision(names.aggregate(aggregateIdentifier));
    }

    /** Returns the position of the last event that consumers receive; empty while there is none. */
    public OptionalLong headPosition() {
        return all.head();
    }

    /** Returns {@code null}, which is before the first event: the server has no positions between records. */
    @Override
    public @Nullable TrackingToken createTailToken() {
        return null;
    }

    /** Returns the token of the last event that consumers receive. */
    @Override
    public @Nullable TrackingToken createHeadToken() {
        return Positions.token(all.head());
    }

    /**
     * Returns a token before the first event published at this instant or later, by the publishers' clocks. The number of
     * reads grows with the logarithm of the store's size.
     */
    @Override
    public @Nullable TrackingToken createTokenAt(Instant dateTime) {
        return Positions.token(all.before(dateTime, timeIndex, codec));
    }

    /**
     * Connects and makes the first, slow calls, without writing events: the first append of a connection takes about a
     * second.
     *
     * @throws StoreUnavailableException when the store does not answer
     */
    public void warmUp() {
        all.head();
        try {
            appender.warmUp(names.withoutAggregate());
        } catch (CallFailedException e) {
            throw e.translated(names.withoutAggregate());
        }
    }

    Calls calls() {
        return calls;
    }

    StreamNames names() {
        return names;
    }

    AllReader all() {
        return all;
    }

    MessageDecoder messages() {
        return new MessageDecoder(codec, getEventSerializer(), upcasterChain);
    }

    /** Requires a connection, a registry and both serializers; everything else has a default. */
    public static class Builder extends AbstractEventStorageEngine.Builder {

        private @Nullable EventStoreDbConnection connection;
        private @Nullable EventTypeRegistry eventTypes;
        private @Nullable Serializer payloadSerializer;
        private StreamNames names = StreamNames.forContext("default");
        private SnapshotFilter observedSnapshotFilter = SnapshotFilter.allowAll();
        private String correlationKey = "traceId";
        private String causationKey = "correlationId";
        private int pageSize = 256;
        private long maxAppendBytes = 1024 * 1024;
        private boolean allowMultipleStreams;
        private boolean timeMarks = true;

        protected Builder() {
            super.persistenceExceptionResolver(new ConflictResolver());
        }

        public Builder connection(EventStoreDbConnection connection) {
            this.connection = connection;
            return this;
        }

        /** Sets the logical types of payload classes. */
        public Builder eventTypes(EventTypeRegistry eventTypes) {
            this.eventTypes = eventTypes;
            return this;
        }

        /** Sets the serializer of payloads, which must write JSON. */
        @Override
        public Builder eventSerializer(Serializer eventSerializer) {
            this.payloadSerializer = eventSerializer;
            return this;
        }

        @Override
        public Builder snapshotSerializer(Serializer snapshotSerializer) {
            super.snapshotSerializer(new PayloadSerializer(snapshotSerializer));
            return this;
        }

        @Override
        public Builder upcasterChain(EventUpcaster upcasterChain) {
            super.upcasterChain(upcasterChain);
            return this;
        }

        @Override
        public Builder snapshotFilter(SnapshotFilter snapshotFilter) {
            super.snapshotFilter(snapshotFilter);
            this.observedSnapshotFilter = snapshotFilter;
            return this;
        }

        @Override
        public Builder persistenceExceptionResolver(PersistenceExceptionResolver persistenceExceptionResolver) {
            super.persistenceExceptionResolver(persistenceExceptionResolver);
            return this;
        }

        public Builder streamNames(StreamNames names) {
            this.names = names;
            return this;
        }

        /** Sets the metadata keys that are stored as {@code $correlationId} and {@code $causationId}. */
        public Builder correlationKeys(String correlationKey, String causationKey) {
            this.correlationKey = correlationKey;
            this.causationKey = causationKey;
            return this;
        }

        /** Sets how many events one read requests. */
        public Builder pageSize(int pageSize) {
            this.pageSize = pageSize;
            return this;
        }

        /** Sets the maximum size in bytes of one append; the server has its own limit. */
        public Builder maxAppendBytes(long maxAppendBytes) {
            this.maxAppendBytes = maxAppendBytes;
            return this;
        }

        /** Allows one unit of work to append to several streams, in order but not atomically. */
        public Builder allowMultipleStreams(boolean allowMultipleStreams) {
            this.allowMultipleStreams = allowMultipleStreams;
            return this;
        }

        /** Enables time marks. Without them, finding the token of an instant reads the store from its start. */
        public Builder timeMarks(boolean timeMarks) {
            this.timeMarks = timeMarks;
            return this;
        }

        public EventStoreDbEventStorageEngine build() {
            if (payloadSerializer != null && eventTypes != null) {
                super.eventSerializer(new LogicalTypeSerializer(payloadSerializer, eventTypes));
            }
            return new EventStoreDbEventStorageEngine(this);
        }

        private EventStoreDbConnection requiredConnection() {
            if (connection == null) {
                throw new AxonConfigurationException("The engine needs a connection");
            }
            return connection;
        }

        @Override
        protected void validate() {
            super.validate();
            requiredConnection();
            if (eventTypes == null) {
                throw new AxonConfigurationException("The engine needs an event type registry");
            }
            if (pageSize < 1 || maxAppendBytes < 1) {
                throw new AxonConfigurationException("pageSize and maxAppendBytes must be positive");
            }
        }
    }
}
